namespace Gateway.Routing.Cascade.Schemas;

/// <summary>One way in which a value does not fit its schema.</summary>
[Flags]
public enum SchemaFlaw
{
    None = 0,

    /// <summary>A required member is absent.</summary>
    Missing = 1,

    /// <summary>A member that the schema does not know.</summary>
    Invented = 2,

    /// <summary>A value of another type, or outside what the schema allows.</summary>
    Unfit = 4,
}
