using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Completions;
using Gateway.Hosting;
using Gateway.Protocol;
using Gateway.Routing.Cascade;

namespace Gateway.Tests.Malformed.Mutations;

/// <summary>What the chat path does with a body before anything is sent: read, extract text, plan, splice.</summary>
internal sealed class ChatReading(Blueprint blueprint)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    private readonly ModelRoute _route = blueprint.Catalog.Routes[0];
    private readonly (string Name, byte[] Json)[] _models =
        [.. blueprint.Fleet.Pools.Select(pool => (pool.Model, RequestSplice.ModelJson(pool.Model)))];

    /// <summary>Whether the body is accepted; throws where the reader breaks a promise.</summary>
    public bool Check(byte[] body)
    {
        var (request, error) = ChatRequestReader.Read(body, 64);
        if (error is not null)
        {
            Assert.Null(request);
            Assert.Equal(400, error.Status);
            Assert.Null(ErrorShape.FaultOf(error.ToJson()));
            return false;
        }

        foreach (var turn in request!.Turns)
        {
            var text = new byte[turn.Content.Length];
            Assert.InRange(TurnText.CopyTo(body, turn, text), 0, text.Length);
        }

        var plan = Planner.PlanByPrompt(blueprint.Router, _route, body, request);
        Assert.NotEmpty(plan.Pools);
        var (name, json) = _models[body.Length % _models.Length];
        CheckSplice(body, request, name, json);
        return true;
    }

    private static void CheckSplice(byte[] body, ChatRequest request, string model, byte[] modelJson)
    {
        var splice = RequestSplice.Of(body, request, modelJson);
        using var stream = new MemoryStream(splice.Length);
        var writing = splice.WriteToAsync(stream, CancellationToken.None);
        Assert.True(writing.IsCompletedSuccessfully);
        Assert.Equal(splice.Length, stream.Length);
        using var before = JsonDocument.Parse(body, Deep);
        using var after = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, splice.Length), Deep);
        using var members = after.RootElement.EnumerateObject();
        var switched = false;
        foreach (var old in before.RootElement.EnumerateObject())
        {
            Assert.True(members.MoveNext());
            var name = JsonMarshal.GetRawUtf8PropertyName(old);
            Assert.True(name.SequenceEqual(JsonMarshal.GetRawUtf8PropertyName(members.Current)));
            if (IsNamed(old, "model"))
            {
                Assert.Equal(model, members.Current.Value.GetString());
            }
            else if (request.Stream && IsNamed(old, "stream_options"))
            {
                switched = true;
                CheckOptions(old.Value, members.Current.Value);
            }
            else
            {
                Assert.True(JsonMarshal.GetRawUtf8Value(old.Value).SequenceEqual(JsonMarshal.GetRawUtf8Value(members.Current.Value)));
            }
        }

        if (request.Stream && !switched)
        {
            Assert.True(members.MoveNext());
            Assert.Equal("""{"include_usage":true}""", members.Current.Value.GetRawText());
        }

        Assert.False(members.MoveNext());
    }

    /// <summary>Usage is asked for unless the options are of a form that the upstream shall judge; every other option stands.</summary>
    private static void CheckOptions(JsonElement before, JsonElement after)
    {
        if (before.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            Assert.Equal(before.GetRawText(), after.GetRawText());
            return;
        }

        if (before.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(
                before.EnumerateObject().Where(option => !IsNamed(option, "include_usage")).Select(option => option.Value.GetRawText()),
                after.EnumerateObject().Where(option => !IsNamed(option, "include_usage")).Select(option => option.Value.GetRawText()));
        }

        var usage = after.EnumerateObject().Last(option => IsNamed(option, "include_usage")).Value;
        Assert.True(usage.ValueKind is not (JsonValueKind.False or JsonValueKind.Null));
    }

    /// <summary>By the name as it reads, which half a surrogate pair has not.</summary>
    private static bool IsNamed(JsonProperty member, string name)
    {
        try
        {
            return member.Name == name;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
