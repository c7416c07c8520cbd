using System.Runtime.CompilerServices;

namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A value of any type, without boxing: numbers lie in the structure itself, the rest is a reference.</summary>
/// <remarks>Only what is dynamic passes through here; operands whose type the checker knows stay in their own type.</remarks>
public readonly struct CelValue
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;

    private CelValue(CelKind kind, long bits, object? reference = null, int nanos = 0)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
        _nanos = nanos;
    }

    public static CelValue Null => default;

    public CelKind Kind { get; }

    public bool AsBool => _bits != 0;

    public long AsInt => _bits;

    public ulong AsUint => (ulong)_bits;

    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    public string AsText => (string)_reference!;

    public byte[] AsBytes => (byte[])_reference!;

    public CelList AsList => (CelList)_reference!;

    public CelMap AsMap => (CelMap)_reference!;

    public CelType AsType => (CelType)_reference!;

    public CelTimestamp AsTimestamp => new(_bits, _nanos);

    public CelDuration AsDuration => new(_bits);

    public static CelValue Of(bool value) => new(CelKind.Bool, value ? 1 : 0);

    public static CelValue Of(long value) => new(CelKind.Int, value);

    public static CelValue Of(ulong value) => new(CelKind.Uint, (long)value);

    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static CelValue Of(string value) => new(CelKind.Text, 0, value);

    public static CelValue Of(byte[] value) => new(CelKind.Bytes, 0, value);

    public static CelValue Of(CelList value) => new(CelKind.List, 0, value);

    public static CelValue Of(CelMap value) => new(CelKind.Map, 0, value);

    public static CelValue Of(CelType value) => new(CelKind.Type, 0, value);

    public static CelValue Of(CelTimestamp value) => new(CelKind.Timestamp, value.Seconds, nanos: value.Nanos);

    public static CelValue Of(CelDuration value) => new(CelKind.Duration, value.Nanos);

    /// <summary>Takes up a value from the representation that the checker chose for its type.</summary>
    public static CelValue From<T>(T value)
    {
        // Compared when the code is compiled, once for each T: at run time one branch is left, and nothing is boxed.
        if (typeof(T) == typeof(CelValue))
            return Unsafe.As<T, CelValue>(ref value);
        if (typeof(T) == typeof(bool))
            return Of(Unsafe.As<T, bool>(ref value));
        if (typeof(T) == typeof(long))
            return Of(Unsafe.As<T, long>(ref value));
        if (typeof(T) == typeof(ulong))
            return Of(Unsafe.As<T, ulong>(ref value));
        if (typeof(T) == typeof(double))
            return Of(Unsafe.As<T, double>(ref value));
        if (typeof(T) == typeof(CelTimestamp))
            return Of(Unsafe.As<T, CelTimestamp>(ref value));
        if (typeof(T) == typeof(CelDuration))
            return Of(Unsafe.As<T, CelDuration>(ref value));
        return new CelValue((CelKind)CelType.Of<T>().Kind!, 0, value);
    }

    /// <summary>Hands the value out in the representation <typeparamref name="T"/>.</summary>
    /// <returns>False when it is of another type.</returns>
    public bool TryGet<T>(out T value)
    {
        Unsafe.SkipInit(out value);
        if (typeof(T) == typeof(CelValue))
            Unsafe.As<T, CelValue>(ref value) = this;
        else if (typeof(T) == typeof(bool) && Kind == CelKind.Bool)
            Unsafe.As<T, bool>(ref value) = AsBool;
        else if (typeof(T) == typeof(long) && Kind == CelKind.Int)
            Unsafe.As<T, long>(ref value) = AsInt;
        else if (typeof(T) == typeof(ulong) && Kind == CelKind.Uint)
            Unsafe.As<T, ulong>(ref value) = AsUint;
        else if (typeof(T) == typeof(double) && Kind == CelKind.Double)
            Unsafe.As<T, double>(ref value) = AsDouble;
        else if (typeof(T) == typeof(CelTimestamp) && Kind == CelKind.Timestamp)
            Unsafe.As<T, CelTimestamp>(ref value) = AsTimestamp;
        else if (typeof(T) == typeof(CelDuration) && Kind == CelKind.Duration)
            Unsafe.As<T, CelDuration>(ref value) = AsDuration;
        else if (!typeof(T).IsValueType && _reference is T reference)
            value = reference;
        else
        {
            value = default!;
            return false;
        }

        return true;
    }
}
