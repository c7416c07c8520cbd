using System.Buffers;

namespace Gateway.Guardrails.Text;

/// <summary>A text in which every sign is replaced by what it stands for, and the way back to the bytes it came from. Rented; to be disposed.</summary>
internal sealed class FoldedText : IDisposable
{
    private byte[] _bytes;
    private Piece[] _pieces = ArrayPool<Piece>.Shared.Rent(64);
    private int _pieceCount;
    private int _length;
    private int _lastEnd;

    /// <summary>Folds a text.</summary>
    /// <param name="text">UTF-8 of any content.</param>
    /// <param name="first">The place of its first sign, by <see cref="FoldSigns.IndexOf"/>.</param>
    /// <param name="escapes">Whether the text is JSON.</param>
    public FoldedText(ReadOnlySpan<byte> text, int first, bool escapes)
    {
        // No sign is shorter than what it stands for.
        _bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        var at = 0;
        for (var sign = first; sign >= 0; sign = FoldSigns.IndexOf(text, at, escapes))
        {
            Keep(text[at..sign], at);
            FoldSigns.TryRead(text, sign, escapes, out var meant, out var width);
            if (meant != FoldSigns.Nothing)
                Write((byte)meant, sign, width);
            at = sign + width;
        }

        Keep(text[at..], at);
        AddPiece(text.Length);
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Where the character at a place begins in the original; the original's length behind the last one.</summary>
    public int Origin(int place)
    {
        var piece = _pieces[PieceOf(place)];
        return piece.Origin + place - piece.Place;
    }

    /// <summary>Where the character before a place ends in the original.</summary>
    public int OriginOfEnd(int place)
    {
        var piece = _pieces[PieceOf(place)];
        return piece.Place == place ? piece.EndBefore : piece.Origin + place - piece.Place;
    }

    /// <summary>The place of the first character that begins at or behind one of the original.</summary>
    public int PlaceOf(int origin)
    {
        var (low, high) = (0, _pieceCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Origin <= origin)
                low = middle;
            else
                high = middle - 1;
        }

        var piece = _pieces[low];
        if (origin <= piece.Origin)
            return piece.Place;
        var next = low + 1 < _pieceCount ? _pieces[low + 1].Place : _length;
        return Math.Min(piece.Place + origin - piece.Origin, next);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<Piece>.Shared.Return(_pieces);
        (_bytes, _pieces) = ([], []);
    }

    private void Keep(ReadOnlySpan<byte> plain, int origin)
    {
        if (plain.IsEmpty)
            return;
        AddPiece(origin);
        plain.CopyTo(_bytes.AsSpan(_length));
        _length += plain.Length;
        _lastEnd = origin + plain.Length;
    }

    private void Write(byte meant, int origin, int width)
    {
        AddPiece(origin);
        _bytes[_length++] = meant;
        _lastEnd = origin + width;
    }

    private void AddPiece(int origin)
    {
        if (_pieceCount == _pieces.Length)
        {
            var larger = ArrayPool<Piece>.Shared.Rent(_pieces.Length * 2);
            _pieces.CopyTo(larger, 0);
            ArrayPool<Piece>.Shared.Return(_pieces);
            _pieces = larger;
        }

        _pieces[_pieceCount++] = new Piece(_length, origin, _lastEnd);
    }

    private int PieceOf(int place)
    {
        var (low, high) = (0, _pieceCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Place <= place)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>Bytes that lie side by side in both texts, from a character on.</summary>
    /// <param name="Place">Where they begin.</param>
    /// <param name="Origin">Where they begin in the original.</param>
    /// <param name="EndBefore">Where the character before them ends in the original.</param>
    private readonly record struct Piece(int Place, int Origin, int EndBefore);
}
