using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Gateway.Guardrails.Content.Urls;

/// <summary>Says whether a host as it is written in an address is one of those that are allowed.</summary>
/// <remarks>
/// Compared is what a browser would make of it (URL Standard of WHATWG, host parsing): percent signs decoded, lower case, the ideographic full
/// stops as dots, without the dot of the root. A name in other letters than ASCII is known in that form and in Punycode's. Numbers are
/// compared as they are written.
/// </remarks>
internal sealed class AllowedHosts
{
    /// <summary>The longest name of the domain name system, RFC 1035 2.3.4, in bytes; in text each takes at most three, percent-encoded.</summary>
    private const int Longest = 255;

    private static readonly SearchValues<char> NotOfHost = SearchValues.Create("/\\@ *?#%");

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _hosts;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _below;

    /// <exception cref="FormatException">An entry is no host.</exception>
    public AllowedHosts(IEnumerable<string> allowed)
    {
        var (hosts, below) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in allowed)
        {
            var isBelow = entry.StartsWith("*.", StringComparison.Ordinal);
            foreach (var form in Forms(isBelow ? entry[2..] : entry, entry))
                (isBelow ? below : hosts).Add(form);
        }

        _hosts = hosts.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _below = below.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="host">Without user and port; UTF-8.</param>
    public bool Have(ReadOnlySpan<byte> host)
    {
        Span<char> name = stackalloc char[Longest];
        Span<byte> bytes = stackalloc byte[Longest];
        if (!TryDecode(host, bytes, out var size) || !TryLower(bytes[..size], name, out var length))
            return false;
        if (length > 0 && name[length - 1] == '.')
            length--;
        name = name[..length];
        if (_hosts.Contains(name))
            return true;
        for (var dot = name.IndexOf('.'); dot > 0; dot = name.IndexOf('.'))
        {
            name = name[(dot + 1)..];
            if (_below.Contains(name))
                return true;
        }

        return false;
    }

    private static bool TryDecode(ReadOnlySpan<byte> host, Span<byte> bytes, out int size)
    {
        size = 0;
        for (var i = 0; i < host.Length; i++)
        {
            if (size == bytes.Length)
                return false;
            var isEncoded = host[i] == '%';
            if (isEncoded && (i + 2 >= host.Length || !char.IsAsciiHexDigit((char)host[i + 1]) || !char.IsAsciiHexDigit((char)host[i + 2])))
                return false;
            bytes[size++] = isEncoded ? (byte)((Digit(host[i + 1]) << 4) | Digit(host[i + 2])) : host[i];
            i += isEncoded ? 2 : 0;
        }

        return true;
    }

    private static int Digit(byte sign) => sign <= '9' ? sign - '0' : (sign | 0x20) - 'a' + 10;

    private static bool TryLower(ReadOnlySpan<byte> bytes, Span<char> name, out int length)
    {
        length = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var size) != OperationStatus.Done || length + 2 > name.Length)
                return false;
            bytes = bytes[size..];
            rune = rune.Value is 0x3002 or 0xFF0E or 0xFF61 ? new Rune('.') : Rune.ToLowerInvariant(rune);
            length += rune.EncodeToUtf16(name[length..]);
        }

        return true;
    }

    private static IEnumerable<string> Forms(string host, string entry)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        if (name.Length is 0 or > Longest || name.AsSpan().IndexOfAny(NotOfHost) >= 0 || (name.Contains(':', StringComparison.Ordinal) && !name.StartsWith('[')))
            throw new FormatException($"{entry} is no host: a name such as example.com, or *.example.com for those below it");
        yield return name;
        if (name.StartsWith('['))
            yield break;
        var idn = new IdnMapping();
        string other;
        try
        {
            other = Ascii.IsValid(name) ? idn.GetUnicode(name) : idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            yield break;
        }

        yield return other.ToLowerInvariant();
    }
}
