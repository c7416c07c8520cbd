namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>Why an expression has no value. An error is a value of the language: <c>&amp;&amp;</c> and <c>||</c> may absorb it.</summary>
public enum CelFault : byte
{
    None,

    /// <summary>No function of that name takes operands of these types.</summary>
    NoSuchOverload,

    /// <summary>A map without the key, or a variable that this request does not have.</summary>
    NoSuchKey,

    /// <summary>A list without the index.</summary>
    IndexOutOfRange,

    /// <summary>Two entries of a map literal with one key.</summary>
    RepeatedKey,

    /// <summary>A map key that is not a bool, int, uint or string.</summary>
    UnsupportedKey,

    DivisionByZero,

    /// <summary>A number, timestamp or duration outside the range of its type.</summary>
    OutOfRange,

    /// <summary>Text, or bytes, that do not spell a value of the type asked for.</summary>
    BadConversion,

    /// <summary>A name of a time zone that this machine does not know.</summary>
    UnknownTimeZone,

    /// <summary>A name that means nothing here. Found when the configuration loads; at run time only where checking was waived.</summary>
    Undeclared,
}
