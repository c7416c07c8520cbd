namespace Gateway.Routing.Learning;

/// <summary>Where a correction comes from and what was seen of it.</summary>
/// <param name="Artefact">Mark of the default weights that it corrects.</param>
/// <param name="Outcomes">How many outcomes it was fitted on.</param>
/// <param name="Trust">How far it is believed against the default, in [0, 1]: n / (n + n0) over the outcomes' weights.</param>
/// <param name="Default">Correlation of the default's score with the gains.</param>
/// <param name="Corrected">The same of the corrected score, each gain judged by a fit that had not seen it.</param>
public sealed record CorrectionMark(uint Artefact, int Outcomes, float Trust, float Default, float Corrected);
