namespace Gateway.Configuration;

/// <summary>A place in the file; lines and columns count from 1.</summary>
public readonly record struct ConfigMark(int Line, int Column);
