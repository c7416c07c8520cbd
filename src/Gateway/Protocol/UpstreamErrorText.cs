namespace Gateway.Protocol;

/// <summary>What an upstream says went wrong, out of any of the shapes vLLM and others use.</summary>
/// <param name="Message">Its message; never empty.</param>
/// <param name="Param">The field it blames, if any.</param>
/// <param name="Code">Its numeric code when it gave one, else null.</param>
public sealed record UpstreamErrorText(string Message, string? Param, int? Code);
