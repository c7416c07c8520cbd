using System.Text.Json;

namespace Gateway.Guardrails.Content.Schemas;

/// <summary>A JSON schema of draft 2020-12 (json-schema.org), read once, that texts are held against.</summary>
/// <remarks>
/// A guard must not pass what it did not check. So a schema with a keyword that is not known here is refused, by name, rather than passed over; known are
/// all applicators and validations of the draft but <c>unevaluatedItems</c>, <c>unevaluatedProperties</c>, <c>$anchor</c>, <c>$dynamicRef</c>
/// and a <c>$id</c> below the root. <c>$ref</c> leads to places of the same document only; nothing is ever fetched. <c>format</c> and the
/// keywords that describe are annotations, as the draft has it. <c>pattern</c> runs in linear time (<see cref="SchemaPattern"/>).
/// A value with two members of one name fulfils nothing: readers disagree on which of them counts.
/// </remarks>
public sealed class JsonSchema
{
    /// <summary>The deepest nesting of a value, that of System.Text.Json's readers by default.</summary>
    public const int Deepest = 64;

    /// <summary>
    /// Checks of a value against a part of the schema that are made for each byte of the text, and for the shortest one. A schema that tries every part
    /// on every value makes as many as it has parts; one whose references multiply makes exponentially many.
    /// </summary>
    private const long ChecksPerByte = 64, LeastChecks = 100_000;

    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <exception cref="FormatException">The text is not JSON, or not a schema that can be held to; says what of it and where.</exception>
    public static JsonSchema Parse(string schema)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(schema, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"not JSON: {wrong.Message}", wrong);
        }

        return new JsonSchema(new SchemaReader(root).Read());
    }

    /// <summary>Whether a text is JSON that fulfils the schema.</summary>
    /// <exception cref="NotSupportedException">It could not be told within reasonable work: the schema's references go in circles, or multiply.</exception>
    public bool IsFulfilledBy(ReadOnlySpan<byte> json)
    {
        try
        {
            var value = JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Deepest });
            return new SchemaCheck(LeastChecks + ChecksPerByte * json.Length).Fits(_root, value);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON's grammar allows and which is no text.
            return false;
        }
    }
}
