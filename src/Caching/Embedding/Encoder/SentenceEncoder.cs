using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.Caching.Embedding.Encoder;

/// <summary>A sentence encoder in ONNX form: pieces in, a vector of unit length out. One thread a call; calls may overlap.</summary>
public sealed class SentenceEncoder : IDisposable
{
    private static readonly RunOptions Plain = new();
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly TokenPooling _pooling;

    /// <param name="model">The model's file.</param>
    /// <param name="pooling">How vectors of tokens become one, where the model gives one for each token.</param>
    /// <exception cref="FormatException">It is no model, or takes or gives what no sentence encoder does.</exception>
    public SentenceEncoder(byte[] model, TokenPooling pooling)
    {
        using var options = new SessionOptions
        {
            // Encoders run beside requests: a call takes one thread, and more calls at a time make the pool bigger, not the call faster.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new FormatException($"Not a model that can be run: {error.Message}", error);
        }
        _pooling = pooling;
        _inputs = [.. _session.InputMetadata.Keys];
        if (_inputs.FirstOrDefault(name => name is not ("input_ids" or "attention_mask" or "token_type_ids")) is { } other)
            throw new FormatException($"The model wants '{other}': a sentence encoder wants input_ids, attention_mask and token_type_ids.");
        if (!_inputs.Contains("input_ids"))
            throw new FormatException("The model takes no input_ids.");
        _outputs = [OutputOf(_session.OutputMetadata)];
        Dimensions = _session.OutputMetadata[_outputs[0]].Dimensions[^1];
        if (Dimensions <= 0)
            Dimensions = Probe();
    }

    /// <summary>Length of its vectors.</summary>
    public int Dimensions { get; }

    /// <summary>Encodes a sequence, which begins and ends with the pieces that do so.</summary>
    public void Encode(ReadOnlySpan<int> pieces, Span<float> vector)
    {
        using var output = Run(pieces);
        Pool(output.GetTensorDataAsSpan<float>(), output.GetTensorTypeAndShape().Shape.Length, pieces.Length, vector);
        var length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, vector);
    }

    public void Dispose() => _session.Dispose();

    private int Probe()
    {
        using var output = Run([0, 0]);
        return (int)output.GetTensorTypeAndShape().Shape[^1];
    }

    private OrtValue Run(ReadOnlySpan<int> pieces)
    {
        long[] shape = [1, pieces.Length];
        var values = new OrtValue[_inputs.Length];
        try
        {
            for (var i = 0; i < _inputs.Length; i++)
                values[i] = OrtValue.CreateTensorValueFromMemory(ValuesOf(_inputs[i], pieces), shape);
            var outputs = _session.Run(Plain, _inputs, values, _outputs);
            return outputs[0];
        }
        finally
        {
            foreach (var value in values)
                value?.Dispose();
        }
    }

    private static long[] ValuesOf(string input, ReadOnlySpan<int> pieces)
    {
        var numbers = new long[pieces.Length];
        if (input == "attention_mask")
            numbers.AsSpan().Fill(1);
        else if (input == "input_ids")
            TensorPrimitives.ConvertChecked<int, long>(pieces, numbers);
        return numbers;
    }

    private void Pool(ReadOnlySpan<float> output, int rank, int tokens, Span<float> vector)
    {
        if (rank == 2)
        {
            output[..vector.Length].CopyTo(vector);
            return;
        }
        output[..vector.Length].CopyTo(vector);
        for (var i = 1; i < tokens && _pooling == TokenPooling.Mean; i++)
            TensorPrimitives.Add(vector, output.Slice(i * vector.Length, vector.Length), vector);
    }

    private static string OutputOf(IReadOnlyDictionary<string, NodeMetadata> outputs) =>
        outputs.Keys.FirstOrDefault(name => name is "sentence_embedding")
        ?? outputs.Keys.FirstOrDefault(name => name is "last_hidden_state" or "token_embeddings")
        ?? outputs.First().Key;
}

/// <summary>How the vectors of a text's tokens become the text's.</summary>
public enum TokenPooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>That of the first token.</summary>
    First,
}
