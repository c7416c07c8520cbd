using System.Buffers;

namespace Gateway.Guardrails.Pii.Reading;

/// <summary>Kinds of ASCII bytes.</summary>
internal static class Letters
{
    /// <summary>Letters, digits and the underscore: what words of all languages and of programs have in common.</summary>
    public static readonly SearchValues<byte> Word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    public static bool IsDigit(byte letter) => (uint)(letter - '0') < 10;

    public static bool IsUpper(byte letter) => (uint)(letter - 'A') < 26;

    public static bool IsLetter(byte letter) => (uint)((letter | 0x20) - 'a') < 26;

    public static bool IsAlphanumeric(byte letter) => IsDigit(letter) || IsLetter(letter);

    public static bool IsWord(byte letter) => IsDigit(letter) || IsLetter(letter) || letter == '_';

    public static bool IsHex(byte letter) => IsDigit(letter) || (uint)((letter | 0x20) - 'a') < 6;

    public static byte Lower(byte letter) => IsUpper(letter) ? (byte)(letter | 0x20) : letter;

    /// <summary>The value of a hexadecimal digit.</summary>
    public static int HexOf(byte letter) => IsDigit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10;
}
