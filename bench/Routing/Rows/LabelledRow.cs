using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Rows;

/// <summary>A row of a folder of labelled prompts.</summary>
/// <param name="Prompt">What is trained on.</param>
/// <param name="Task">Subject or subtask inside the source.</param>
/// <param name="Text">The ask as text.</param>
/// <param name="Messages">Messages of the request.</param>
public sealed record LabelledRow(LabelledPrompt Prompt, string Task, string Text, int Messages);
