using System.Buffers.Binary;
using System.Numerics;
using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>Keccak-256 of one short block, with the padding that Ethereum uses: the one before FIPS 202 changed it, so the platform's SHA-3 will not do.</summary>
internal static class Keccak
{
    private const int Rate = 136;

    private static readonly ulong[] Rounds = RoundConstants();

    /// <summary>Whether an address's capitals are those of EIP-55: letters over hash digits from 8 on.</summary>
    /// <param name="hex">Its 40 hexadecimal digits.</param>
    public static bool IsChecksummed(ReadOnlySpan<byte> hex)
    {
        Span<byte> lower = stackalloc byte[40];
        for (var i = 0; i < lower.Length; i++)
            lower[i] = Letters.Lower(hex[i]);
        Span<byte> hash = stackalloc byte[32];
        Hash(lower, hash);
        for (var i = 0; i < hex.Length; i++)
        {
            var nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
            if (Letters.IsLetter(hex[i]) && Letters.IsUpper(hex[i]) != (nibble >= 8))
                return false;
        }

        return true;
    }

    /// <summary>Hashes less than 136 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        Span<byte> block = stackalloc byte[Rate];
        block.Clear();
        text.CopyTo(block);
        block[text.Length] = 1;
        block[Rate - 1] |= 0x80;
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        for (var i = 0; i < Rate / 8; i++)
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        Permute(state);
        for (var i = 0; i < 4; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * 8)..], state[i]);
    }

    private static void Permute(Span<ulong> state)
    {
        Span<ulong> columns = stackalloc ulong[5];
        Span<ulong> moved = stackalloc ulong[25];
        foreach (var round in Rounds)
        {
            for (var x = 0; x < 5; x++)
                columns[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            for (var i = 0; i < 25; i++)
                state[i] ^= columns[(i + 4) % 5] ^ BitOperations.RotateLeft(columns[(i + 1) % 5], 1);
            moved[0] = state[0];
            var (column, row) = (1, 0);
            for (var step = 0; step < 24; step++)
            {
                var (x, y) = (column, row);
                (column, row) = (y, (2 * x + 3 * y) % 5);
                moved[row * 5 + column] = BitOperations.RotateLeft(state[y * 5 + x], (step + 1) * (step + 2) / 2 % 64);
            }

            for (var i = 0; i < 25; i++)
                state[i] = moved[i] ^ (~moved[i / 5 * 5 + (i + 1) % 5] & moved[i / 5 * 5 + (i + 2) % 5]);
            state[0] ^= round;
        }
    }

    /// <summary>The constants come from a shift register of eight bits (FIPS 202, 3.2.5).</summary>
    private static ulong[] RoundConstants()
    {
        var constants = new ulong[24];
        var register = 1;
        for (var round = 0; round < constants.Length; round++)
        {
            for (var bit = 0; bit <= 6; bit++)
            {
                if ((register & 1) != 0)
                    constants[round] |= 1UL << ((1 << bit) - 1);
                register = (register & 0x80) != 0 ? ((register << 1) ^ 0x171) & 0xFF : register << 1;
            }
        }

        return constants;
    }
}
