namespace Gateway.Guardrails.Secrets;

/// <summary>One form that secrets have, recognised from an anchor: bytes that every secret of this form begins with, contains or follows.</summary>
internal interface ISecretForm
{
    /// <summary>Judges one place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the anchor begins, in either case of letters.</param>
    /// <param name="end">Behind the anchor.</param>
    Sighting Judge(in SeenText text, int start, int end);
}
