using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class JsonGuardTests
{
    [Theory]
    [InlineData("{\"a\":[1,2]}", true)]
    [InlineData(" 12 ", true)]
    [InlineData("", true)]
    [InlineData("{\"a\":1", false)]
    [InlineData("{\"a\":1}}", false)]
    [InlineData("Here you are: {}", false)]
    [InlineData("```json\n{}\n```", false)]
    [InlineData("{'a':1}", false)]
    public void An_answer_must_be_json_as_a_whole(string answer, bool passes) => Assert.Equal(passes, Passes(new JsonGuard(new JsonSettings(null)), answer));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","minimum":1}},"required":["a"],"additionalProperties":false}""", """{"a":1}|{"a":2.0}""", """{}|{"a":0}|{"a":"1"}|{"a":1,"b":1}|[]|{"a":1,"a":1}""")]
    [InlineData("""{"type":["string","null"],"minLength":2,"maxLength":3,"pattern":"^\\d+$"}""", "\"12\"|null", "\"1\"|\"1234\"|\"ab\"|\"12\\n\"|\"١٢\"|3|\"\\ud800\"")]
    [InlineData("""{"enum":[1,"a",{"b":[null]}]}""", """1|1.0|"a"|{"b":[null]}""", """2|"b"|{"b":[]}""")]
    [InlineData("""{"const":{"a":1}}""", """{"a":1}""", """{"a":2}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"multipleOf":0.1}]}""", "\"x\"|0.3|[]", "0.35")]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":3}]}""", "0|4", "2")]
    [InlineData("""{"allOf":[{"exclusiveMinimum":1},{"exclusiveMaximum":3}],"not":{"const":2}}""", "1.5", "1|3|2")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"},"minItems":1,"maxItems":3,"uniqueItems":true}""", """["a"]|["a",1,2]""", """[]|[1]|["a","b"]|["a",1,1]|["a",1,2,3]""")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":2}""", "[1,1,0]", "[1]|[1,1,1]|[]")]
    [InlineData("""{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":{"type":"string"},"propertyNames":{"maxLength":2},"minProperties":1,"maxProperties":2}""", """{"x1":1,"y":"a"}""", """{"x":"a"}|{"y":1}|{"xyz":1}|{}|{"x":1,"x1":1,"x2":1}""")]
    [InlineData("""{"dependentRequired":{"a":["b"]},"dependentSchemas":{"c":{"required":["d"]}}}""", """{"a":1,"b":1}|{"c":1,"d":1}|{}""", """{"a":1}|{"c":1}""")]
    [InlineData("""{"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":1}}""", "\"a\"|1", "\"\"|0")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}},"required":["v"]}}}""", """{"v":1,"next":{"v":2}}""", """{"v":1,"next":{}}""")]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":false}}""", "", "1")]
    public void A_schema_is_held_to(string schema, string fits, string not)
    {
        var guard = new JsonGuard(new JsonSettings(schema));
        foreach (var value in fits.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.True(Passes(guard, value), value);
        foreach (var value in not.Split('|'))
            Assert.False(Passes(guard, value), value);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("3", "#: a schema is")]
    [InlineData("""{"type":"text"}""", "#/type: text is no type")]
    [InlineData("""{"properties":{"a":{"unevaluatedItems":false}}}""", "#/properties/a/unevaluatedItems: this keyword is not known")]
    [InlineData("""{"$ref":"https://example.com/x.json"}""", "#/$ref: https://example.com/x.json is not within this document")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "leads nowhere")]
    [InlineData("""{"pattern":"(a)\\1"}""", "#/pattern: ")]
    [InlineData("""{"pattern":"(?=a)b"}""", "#/pattern: ")]
    [InlineData("""{"exclusiveMinimum":true}""", "a number is meant")]
    [InlineData("""{"items":[{}]}""", "prefixItems")]
    [InlineData("""{"maxLength":-1}""", "whole number")]
    public void A_schema_that_cannot_be_held_to_is_refused(string schema, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => new JsonGuard(new JsonSettings(schema))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")]
    [InlineData("""{"anyOf":[{"$ref":"#/allOf/0"}],"allOf":[{"$ref":"#/anyOf/0"}]}""", "1")]
    public void References_without_end_are_a_failure_and_no_verdict(string schema, string value) =>
        Assert.Throws<NotSupportedException>(() => Passes(new JsonGuard(new JsonSettings(schema)), value));

    [Fact]
    public void References_that_multiply_are_a_failure_and_no_verdict()
    {
        var guard = new JsonGuard(new JsonSettings(
            """{"$ref":"#/$defs/a","$defs":{"a":{"maxItems":1,"items":{"anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}}}}"""));
        Assert.True(Passes(guard, new string('[', 40) + new string(']', 40)));
        Assert.Throws<NotSupportedException>(() => Passes(guard, new string('[', 40) + "1,2" + new string(']', 40)));
    }

    [Fact]
    public void A_pattern_takes_linear_time() =>
        Assert.False(Passes(new JsonGuard(new JsonSettings("""{"pattern":"^(a+)+$"}""")), $"\"{new string('a', 100_000)}b\""));

    [Fact]
    public void What_is_nested_too_deep_is_not_taken_for_json()
    {
        foreach (var guard in new[] { new JsonGuard(new JsonSettings(null)), new JsonGuard(new JsonSettings("{}")) })
        {
            Assert.True(Passes(guard, new string('[', 64) + new string(']', 64)));
            Assert.False(Passes(guard, new string('[', 5_000_000)));
        }
    }

    [Fact]
    public void A_stream_is_judged_at_its_end_and_only_the_answer_itself()
    {
        var guard = new JsonGuard(new JsonSettings(null));
        Inspection.IsTheSameWhereverItIsCut(guard, "{\"a\": 1, oops}");
        Assert.Equal([], Inspection.Of(guard, "no json", TextSource.Reasoning));
    }

    private static bool Passes(JsonGuard guard, string answer) => WindowedInspection.Whole(guard, Encoding.UTF8.GetBytes(answer)).Length == 0;
}
