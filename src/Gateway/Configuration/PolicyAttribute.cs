namespace Gateway.Configuration;

/// <summary>The name of a policy of this kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PolicyAttribute(PolicyKind kind) : Attribute
{
    public PolicyKind Kind { get; } = kind;
}

/// <summary>Kinds of policies that are chosen by name.</summary>
internal enum PolicyKind
{
    Scorer,
    Balancing,
    AnswerCheck,
    CacheScope,
    VectorIndex,
    AnswerStore,
    GuardAction,
    GuardFailure,
    OtherRoutes,
    JudgeFormat,
}
