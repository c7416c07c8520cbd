using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>Addresses of Bitcoin (base58check, and BIP-173 or BIP-350) and Ethereum (EIP-55), by their checksums.</summary>
/// <remarks>An Ethereum address all in lower or all in upper case has no checksum; it counts where a word before it tells.</remarks>
internal sealed class CryptoRecognizer : IPiiRecognizer
{
    private const int EthereumLength = 42;

    private static readonly Cues Words = new(
        "ethereum", "eth", "wallet", "address", "account", "erc20", "erc-20", "usdt", "usdc", "metamask", "crypto", "지갑", "주소", "钱包", "地址", "ウォレット", "アドレス");

    public string Label => "crypto";

    // bc1..., 0x..., and base58 from 1 or 3 with digits after it.
    public uint Beginnings => 0xFFF;

    public int Read(ref Cursor cursor, in Word word)
    {
        var first = cursor[word.Start];
        var isOpen = word.End == cursor.Length && !cursor.IsEnd;
        var letters = cursor.Text[word.Start..word.End];
        var mayBe = first switch
        {
            (byte)'0' => letters.Length is 1 or EthereumLength || isOpen ? letters.Length == 1 || letters[1] == 'x' : false,
            (byte)'1' or (byte)'3' => letters.Length is >= 26 and <= 35,
            (byte)'b' => letters.Length is >= 42 and <= Bech32.Longest,
            (byte)'B' => letters.Length is >= 42 and <= Bech32.Longest,
            _ => false,
        };
        if (isOpen)
        {
            if (MayBegin(letters))
                cursor.Touch();
            return -1;
        }

        if (!mayBe)
            return -1;
        var isAddress = first switch
        {
            (byte)'0' => letters.Length == EthereumLength && IsEthereum(letters[2..], cursor, word.Start),
            (byte)'1' or (byte)'3' => Base58.IsAddress(letters),
            _ => Bech32.IsAddress(letters),
        };
        return isAddress && cursor.Ends(word.End) ? word.End : -1;
    }

    /// <summary>Whether more letters could make an address of it.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> letters) => letters[0] switch
    {
        (byte)'0' => letters.Length <= EthereumLength && (letters.Length == 1 || (letters[1] == 'x' && AreHex(letters[2..]))),
        (byte)'1' or (byte)'3' => letters.Length <= 35 && Base58.MayBe(letters),
        (byte)'b' => letters.Length <= Bech32.Longest && (letters.Length < 3 ? "bc1"u8.StartsWith(letters) : letters.StartsWith("bc1"u8)),
        (byte)'B' => letters.Length <= Bech32.Longest && (letters.Length < 3 ? "BC1"u8.StartsWith(letters) : letters.StartsWith("BC1"u8)),
        _ => false,
    };

    private static bool AreHex(ReadOnlySpan<byte> letters)
    {
        foreach (var letter in letters)
        {
            if (!Letters.IsHex(letter))
                return false;
        }

        return true;
    }

    private static bool IsEthereum(ReadOnlySpan<byte> hex, in Cursor cursor, int start)
    {
        if (!AreHex(hex))
            return false;
        var isMixed = hex.ContainsAnyInRange((byte)'a', (byte)'f') && hex.ContainsAnyInRange((byte)'A', (byte)'F');
        return isMixed ? Keccak.IsChecksummed(hex) : Words.Announce(cursor, start);
    }
}
