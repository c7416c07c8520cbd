using System.Text.Json;
using Gateway.Routing.Cascade.Schemas;

namespace Gateway.Routing.Tests.Cascade.Schemas;

public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("{}", "1", SchemaFlaw.None)]
    [InlineData("true", "1", SchemaFlaw.None)]
    [InlineData("false", "1", SchemaFlaw.Unfit)]
    [InlineData("""{"type":"integer"}""", "1.0", SchemaFlaw.None)]
    [InlineData("""{"type":"integer"}""", "1.5", SchemaFlaw.Unfit)]
    [InlineData("""{"type":"integer"}""", "true", SchemaFlaw.Unfit)]
    [InlineData("""{"type":["string","null"]}""", "null", SchemaFlaw.None)]
    [InlineData("""{"type":["string","null"]}""", "1", SchemaFlaw.Unfit)]
    [InlineData("""{"type":"string","nullable":true}""", "null", SchemaFlaw.None)]
    [InlineData("""{"type":"float"}""", "\"anything\"", SchemaFlaw.None)]
    [InlineData("""{"enum":["a",1,{"b":[2]}]}""", """{"b":[2]}""", SchemaFlaw.None)]
    [InlineData("""{"enum":["a",1]}""", "2", SchemaFlaw.Unfit)]
    [InlineData("""{"const":1}""", "1.0", SchemaFlaw.None)]
    [InlineData("""{"const":"x"}""", "\"y\"", SchemaFlaw.Unfit)]
    [InlineData("""{"minimum":1,"maximum":3}""", "3", SchemaFlaw.None)]
    [InlineData("""{"minimum":1}""", "0", SchemaFlaw.Unfit)]
    [InlineData("""{"exclusiveMaximum":3}""", "3", SchemaFlaw.Unfit)]
    [InlineData("""{"exclusiveMinimum":true,"minimum":3}""", "3", SchemaFlaw.None)]
    [InlineData("""{"minLength":2}""", "\"é\"", SchemaFlaw.Unfit)]
    [InlineData("""{"maxItems":1}""", "[1,2]", SchemaFlaw.Unfit)]
    [InlineData("""{"items":{"type":"string"}}""", "[\"a\",1]", SchemaFlaw.Unfit)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", "[\"a\",1]", SchemaFlaw.None)]
    [InlineData("""{"required":["a"]}""", "{}", SchemaFlaw.Missing)]
    [InlineData("""{"required":["a"]}""", "[]", SchemaFlaw.None)]
    [InlineData("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"b":1}""", SchemaFlaw.Invented)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"string"}}""", """{"b":1}""", SchemaFlaw.Unfit)]
    [InlineData("""{"properties":{"a":{}},"patternProperties":{"^b":{}},"additionalProperties":false}""", """{"b":1}""", SchemaFlaw.None)]
    [InlineData("""{"properties":{"a":{"required":["x"]},"b":{"type":"string"}}}""", """{"a":{},"b":1}""", SchemaFlaw.Missing | SchemaFlaw.Unfit)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", SchemaFlaw.Unfit)]
    [InlineData("""{"anyOf":[{"required":["a"]}]}""", "{}", SchemaFlaw.Missing)]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"integer"}]}""", "1", SchemaFlaw.Unfit)]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"integer"}]}""", "1.5", SchemaFlaw.None)]
    [InlineData("""{"allOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1}""", SchemaFlaw.Missing)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", SchemaFlaw.Unfit)]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"properties":{"a":{"$ref":"#/$defs/n"}}}""", """{"a":"1"}""", SchemaFlaw.Unfit)]
    [InlineData("""{"definitions":{"a/b":{"type":"number"}},"$ref":"#/definitions/a~1b"}""", "1", SchemaFlaw.None)]
    [InlineData("""{"$ref":"#/nowhere"}""", "1", SchemaFlaw.None)]
    [InlineData("""{"$ref":"https://elsewhere/schema"}""", "1", SchemaFlaw.None)]
    [InlineData("""{"pattern":"^(a+)+$","format":"email"}""", "\"b\"", SchemaFlaw.None)]
    public void A_value_fits_its_schema_or_it_does_not(string schema, string value, SchemaFlaw flaws) => Assert.Equal(flaws, Check(schema, value));

    [Fact]
    public void Recursive_schemas_are_followed_into_the_value_and_end() =>
        Assert.Equal(
            SchemaFlaw.Unfit,
            Check("""{"type":"object","properties":{"v":{"type":"integer"},"next":{"$ref":"#"}}}""", """{"v":1,"next":{"v":2,"next":{"v":"3"}}}"""));

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    public void A_schema_that_only_leads_to_itself_ends(string schema) => Assert.Equal(SchemaFlaw.None, Check(schema, "1"));

    [Theory]
    [InlineData("""{"type":7,"enum":3,"required":"a","properties":[],"items":4,"anyOf":{},"oneOf":[],"minimum":"x","$ref":9}""")]
    [InlineData("""{"required":[1,"\ud800"],"properties":{"\ud800":{"type":"string"}},"$ref":"\ud800"}""")]
    [InlineData("[1]")]
    public void A_schema_of_forms_it_cannot_have_is_passed_over(string schema)
    {
        foreach (var value in (string[])["1", "\"\\ud800\"", "[1]", """{"a":1,"\ud800":2}""", "null"])
            Check(schema, value);
    }

    private static SchemaFlaw Check(string schema, string value)
    {
        using var parsed = JsonDocument.Parse(schema);
        using var given = JsonDocument.Parse(value);
        return new SchemaValidator(parsed.RootElement, closed: false).Check(given.RootElement);
    }
}
