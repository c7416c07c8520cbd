namespace Gateway.EndToEnd.Processes;

/// <summary>What a program left behind.</summary>
internal sealed record Finished(int Code, string Out, string Errors);
