using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class UrlGuardTests
{
    private static readonly UrlGuard Guard = new(new UrlSettings(["ok.com", "*.wide.org", "münchen.de", "[::1]", "127.0.0.1"]));

    [Theory]
    [InlineData("see https://ok.com/a?b#c, and http://OK.com.")]
    [InlineData("(http://ok.com:8080) **https://ok.com** <https://ok.com> 'http://ok.com', \"https://ok.com\"}")]
    [InlineData("http://user:pw@ok.com/ https://o%6B.com./x")]
    [InlineData("http://a.wide.org http://a.b.WIDE.org/ www.wide.org")]
    [InlineData("http://münchen.de http://MÜNCHEN.de/ http://xn--mnchen-3ya.de/")]
    [InlineData("http://[::1]:80/ http://127.0.0.1/")]
    [InlineData("https://ok.com에서 보세요")]
    [InlineData("http://${HOST}:80/ https:// https://... http://{host}/x")]
    [InlineData("int x; // comment.of code\n\"//div[@class]\" a//b s:/ wwww. www. t: data: javascript: x")]
    [InlineData("['http://ok.com','http://ok.com/b']")]
    public void What_is_allowed_or_no_address_is_not_found(string text) => Assert.Equal([], Inspection.Of(Guard, text));

    [Theory]
    [InlineData("see http://evil.com/x?y=1.", "http://evil.com/x?y=1")]
    [InlineData("![x](https://evil.com/a(b)c) y", "https://evil.com/a(b)c")]
    [InlineData("![x](//evil.com/p.png)", "//evil.com/p.png")]
    [InlineData("[a]: //evil.com/p", "//evil.com/p")]
    [InlineData("<img src=\"//evil.com/p\">", "//evil.com/p")]
    [InlineData("![x](/\\evil.com/p)", "/\\evil.com/p")]
    [InlineData("[x](https:evil.com)", "https:evil.com")]
    [InlineData("HTTPS:\\\\EVIL.com\\x", "HTTPS:\\\\EVIL.com\\x")]
    [InlineData("go to www.evil.com/x!", "www.evil.com/x")]
    [InlineData("http://ok.com@evil.com/", "http://ok.com@evil.com/")]
    [InlineData("http://ok.com,x@evil.com/", "http://ok.com,x@evil.com/")]
    [InlineData("[x](http://ok.com\"@evil.com/)", "http://ok.com\"@evil.com/")]
    [InlineData("http://ok.com.evil.com", "http://ok.com.evil.com")]
    [InlineData("http://ok.com,,.evil.com/", "http://ok.com,,.evil.com/")]
    [InlineData("http://evil%2Ecom/", "http://evil%2Ecom/")]
    [InlineData("http://ok.com%2eevil.com/", "http://ok.com%2eevil.com/")]
    [InlineData("http://ok。com。evil。com/", "http://ok。com。evil。com/")]
    [InlineData("http://2130706433/ http://[::2]/", "http://2130706433/|http://[::2]/")]
    [InlineData("http://xn--e1afmkfd.xn--p1ai/", "http://xn--e1afmkfd.xn--p1ai/")]
    [InlineData("http://wide.org/", "http://wide.org/")]
    [InlineData("http://notok.com http://okxcom", "http://notok.com|http://okxcom")]
    [InlineData("[x](javascript:alert(1)) y", "javascript:alert(1)")]
    [InlineData("![x](data:image/png;base64,AA==)", "data:image/png;base64,AA==")]
    [InlineData("<a href='JavaScript:x()'>", "JavaScript:x()")]
    [InlineData("https://ok.com/?u=https://evil.com/x", "https://evil.com/x")]
    [InlineData("주소는http://evil.com/이다", "http://evil.com/이다")]
    [InlineData("{\"u\":\"http://evil.com\",\"v\":1}", "http://evil.com")]
    public void Addresses_of_other_hosts_are_found_whole(string text, string found) =>
        Assert.Equal([.. found.Split('|').Select(address => $"url_not_allowed: {address}")], Inspection.Of(Guard, text));

    [Fact]
    public void The_same_is_found_wherever_a_stream_is_cut()
    {
        foreach (var text in new[]
        {
            "see http://evil.com/x?y=1. And https://ok.com/www.evil.com, xwww.evil.com", "![x](//evil.com/p.png) (//ok.com)", "[x](javascript:alert(1)) data: [y](data:x)", "[a]:  https:evil.com www.evil.com",
            "http://ok.com@evil.com/, http://ok.com%2e/ https://ok.com에서", "\"http://evil.com\", 'http://ok.com','http://b.com'",
        })
            Inspection.IsTheSameWhereverItIsCut(Guard, text);
        Inspection.IsTheSameForAnyTextOf(Guard, "http", "s", ":", "/", "//", "\\", "ok.com", "evil.com", "www.", "](", "]: ", "<", ">", "\"", "@", ",", " ", ".", "data:", "javascript:", "href=", ")", "%2e", "에", "[", "{");
    }

    [Fact]
    public void A_stream_is_held_back_only_while_an_address_may_go_on()
    {
        Assert.Equal([0], WindowedInspection.Run(Guard, "no address here. And none there."u8, [16]).Held);
        Assert.Equal([0], WindowedInspection.Run(Guard, "https://ok.com/a/very/long/path more"u8, [25]).Held);
        Assert.Equal([12], WindowedInspection.Run(Guard, "https://ok.com/"u8, [12]).Held);
    }

    [Fact]
    public void Text_without_addresses_costs_no_allocation() =>
        Inspection.AllocatesNothing(Guard, string.Concat(Enumerable.Repeat("What: 'this' is; see https://ok.com/x or https://a.wide.org. // code\n", 40)));

    [Fact]
    public void Hostile_texts_take_linear_time()
    {
        foreach (var unit in new[] { "/", ":/", "http://", "http://ok.com/", "www.", "www.,,", "](//", "\"//a,,", "@", "http://a@", "](data:", "http://(", "[", "\\" })
            Assert.NotNull(WindowedInspection.Whole(Guard, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 5_000_000 / unit.Length)))));
    }

    [Theory]
    [InlineData("https://ok.com")]
    [InlineData("*")]
    [InlineData("a.*.com")]
    [InlineData("")]
    public void What_is_no_host_is_refused(string host) =>
        Assert.StartsWith($"{host} is no host", Assert.Throws<FormatException>(() => new UrlGuard(new UrlSettings([host]))).Message, StringComparison.Ordinal);
}
