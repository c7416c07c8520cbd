using System.Text;
using Gateway.Passthrough;

namespace Gateway.Tests.Malformed.Http;

/// <summary>The model in a multipart form is the one that the upstream's parser will find, or the form is refused.</summary>
public sealed class FormTests
{
    private const string Model = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nsmall\r\n";
    private const string End = "--b--\r\n";

    [Theory]
    [InlineData(Model + End)]
    [InlineData("\r\n" + Model + End)]
    [InlineData("preamble\r\n" + Model + End + "epilogue")]
    [InlineData("--b\r\ncontent-disposition: FORM-DATA; name=model\r\n\r\nsmall\r\n--b--")]
    [InlineData("--b\r\nX: y\r\nContent-Disposition: form-data; name=\"model\"\r\nContent-Type: text/plain\r\n\r\nsmall\r\n" + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"model\"\r\n\r\nother\r\n" + Model + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; xname=\"model\"\r\n\r\nother\r\n" + Model + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a; name=\\\"model\\\"\"\r\n\r\nother\r\n" + Model + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ndata --b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother\r\n" + Model + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ndata\r\n--bc\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother\r\n" + Model + End)]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ndata\n--b\nContent-Disposition: form-data; name=\"model\"\n\nother\r\n" + Model + End)]
    [InlineData(Model + End + "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother\r\n--b--")]
    public void Is_found_wherever_it_stands_and_nowhere_else(string form)
    {
        var (field, error) = Find(form);
        Assert.Null(error);
        Assert.Equal("small", field.Model);
        Assert.Equal("small", Encoding.UTF8.GetString(field.Value.In(Encoding.UTF8.GetBytes(form))));
    }

    [Theory]
    [InlineData("", "invalid_form")]
    [InlineData("--", "invalid_form")]
    [InlineData("--b", "invalid_form")]
    [InlineData("--b\r\n", "invalid_form")]
    [InlineData("--c\r\n\r\n--c--", "invalid_form")]
    [InlineData(Model, "invalid_form")]
    [InlineData(Model + "--b", "invalid_form")]
    [InlineData("--b\r\n\r\nsmall\r\n" + End, "invalid_form")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"model\"\r\nsmall\r\n" + End, "invalid_form")]
    [InlineData(End, "missing_field")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"Model\"\r\n\r\nsmall\r\n" + End, "missing_field")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nmodel\r\n" + End, "missing_field")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\r\n\r\nmodel\r\n" + End, "missing_field")]
    [InlineData(Model + Model + End, "duplicate_field")]
    public void Is_not_guessed(string form, string code)
    {
        var error = Find(form).Error!;
        Assert.Equal((400, code), (error.Status, error.Code));
        Assert.Null(ErrorShape.FaultOf(error.ToJson()));
    }

    [Fact]
    public void Is_not_searched_for_in_a_part_of_endless_headers() =>
        Assert.Equal("invalid_form", Find($"--b\r\nX: {new string('x', 100_000)}\r\n\r\n\r\n{Model}{End}").Error!.Code);

    private static (ModelField Field, Gateway.Protocol.ApiError? Error) Find(string form) =>
        ModelField.Find(Encoding.UTF8.GetBytes(form), "multipart/form-data; boundary=b", 64);
}
