using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Routing.Complexity.Features;

/// <summary>The one pass over the ask: grams into the table, everything else into the counts.</summary>
/// <remarks>
/// Words are runs of letters, digits and underscores. Runs of 3 to 5 characters are taken inside what white space separates, with
/// one space on either side, so that punctuation, formulas and code have grams of their own. Malformed bytes count as characters.
/// </remarks>
internal ref struct AskReader(GramTable table)
{
    private const uint Prime = 0x9E3779B1;
    private const uint Prime3 = unchecked(Prime * Prime * Prime);
    private const uint Prime4 = unchecked(Prime3 * Prime);

    public GramTable Table = table;
    public AskCounts Counts;

    private uint _word = Grams.EmptyWord;
    private uint _previousWord;
    private int _wordLength;
    private int _wordDigits;
    private bool _wordIsCapitalised;
    private bool _isClauseStart = true;

    // The last four characters of the token, the newest first; and how many it has, its leading space included.
    private uint _last1;
    private uint _last2;
    private uint _last3;
    private uint _last4;
    private int _tokenLength;

    /// <summary>Reads a piece of the ask; pieces are apart from one another, as a line break would set them.</summary>
    public void Read(ReadOnlySpan<byte> text)
    {
        var line = 0;
        for (var i = 0; i < text.Length;)
        {
            var unit = text[i];
            if (unit == '\n')
            {
                EndToken();
                _isClauseStart = true;
                OptionLine.Count(text[line..i], ref Counts);
                line = ++i;
                continue;
            }

            if (unit < 0x80)
            {
                TakeAscii(unit, text, i);
                i++;
                continue;
            }

            _ = Rune.DecodeFromUtf8(text[i..], out var rune, out var length);
            Take((uint)Rune.ToLowerInvariant(rune).Value, Characters.ClassOf(rune));
            TakeForeignMark(rune.Value);
            i += length;
        }

        EndToken();
        OptionLine.Count(text[line..], ref Counts);
    }

    private void TakeAscii(byte unit, ReadOnlySpan<byte> text, int i)
    {
        var kind = Characters.ClassOf(unit);
        Take((kind & CharacterClass.Upper) != 0 ? unit | 0x20u : unit, kind);
        if ((kind & (CharacterClass.Letter | CharacterClass.Space)) == 0 || unit == '_')
            TakeMark(unit, i + 1 < text.Length ? text[i + 1] : (byte)' ');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(uint character, CharacterClass kind)
    {
        Counts.Characters++;
        if ((kind & CharacterClass.Space) != 0)
        {
            Counts.Spaces++;
            EndToken();
            return;
        }

        if ((kind & (CharacterClass.Letter | CharacterClass.Digit)) == 0)
        {
            EndWord();
        }
        else
        {
            if ((kind & CharacterClass.Alone) != 0)
                EndWord();
            if (_wordLength++ == 0)
                _wordIsCapitalised = (kind & CharacterClass.Upper) != 0;
            _word = Grams.Extend(_word, character);
            if ((kind & CharacterClass.Digit) != 0)
                _wordDigits++;
            else
                Counts.Letters++;
            if ((kind & CharacterClass.Upper) != 0)
                Counts.Capitals++;
            if ((kind & CharacterClass.Alone) != 0)
                EndWord();
        }

        if (_tokenLength == 0)
            Push(' ');
        Push(character);
    }

    /// <summary>One more character of the token: the runs of 3, 4 and 5 that end with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(uint character)
    {
        _tokenLength++;
        if (_tokenLength >= 3)
        {
            var hash = (((_last2 * Prime) + _last1) * Prime) + character;
            Table.Add(Grams.CharacterBucket(hash));
            if (_tokenLength >= 4)
            {
                hash += _last3 * Prime3;
                Table.Add(Grams.CharacterBucket(hash + 0x51ED270B));
                if (_tokenLength >= 5)
                    Table.Add(Grams.CharacterBucket(hash + (_last4 * Prime4) + 0xA24BAED4));
            }
        }

        (_last4, _last3, _last2, _last1) = (_last3, _last2, _last1, character);
    }

    private void EndToken()
    {
        if (_tokenLength == 0)
            return;
        EndWord();
        Push(' ');
        _tokenLength = 0;
    }

    private void EndWord()
    {
        if (_wordLength == 0)
            return;
        var before = Table.Count;
        Table.Add(Grams.WordBucket(_word));
        Counts.DistinctWords += Table.Count - before;
        var pair = Grams.PairOf(_previousWord, _word);
        if (Counts.Words > 0)
            Table.Add(Grams.WordBucket(pair));
        CountWord(Vocabulary.ClassOf(_word), Vocabulary.ClassOf(pair));
        (_previousWord, _word) = (_word, Grams.EmptyWord);
        (_wordLength, _wordDigits) = (0, 0);
    }

    private void CountWord(WordClass ofWord, WordClass ofPair)
    {
        Counts.Classes[(int)ofWord]++;
        if (ofPair != WordClass.None)
            Counts.Classes[(int)ofPair]++;
        if (Counts.Words++ > 0 && _wordIsCapitalised)
            Counts.CapitalisedWords++;
        if (_isClauseStart)
            CountStart(ofWord);
        if (_wordDigits == _wordLength)
        {
            Counts.Numbers++;
            Counts.Digits += _wordDigits;
            Counts.LongestNumber = int.Max(Counts.LongestNumber, _wordDigits);
            return;
        }

        Counts.Digits += _wordDigits;
        Counts.WordLetters += _wordLength;
        if (_wordLength >= 7)
            Counts.LongWords++;
        if (_wordLength >= 11)
            Counts.VeryLongWords++;
    }

    /// <summary>A question or an order is one at the start of any clause: a greeting before it must not hide it.</summary>
    private void CountStart(WordClass ofWord)
    {
        _isClauseStart = false;
        Counts.BeginsWithQuestion |= ofWord is >= WordClass.What and <= WordClass.Quantity;
        Counts.BeginsWithOrder |= ofWord is >= WordClass.Explain and <= WordClass.Compare;
    }

    private void TakeMark(byte mark, byte next)
    {
        _isClauseStart |= next <= ' ' && (mark is (byte)'.' or (byte)'?' or (byte)'!' or (byte)':' or (byte)';');
        switch (mark)
        {
            case (byte)'?':
                Counts.QuestionMarks++;
                Counts.Sentences += next <= ' ' ? 1 : 0;
                break;
            case (byte)'.' when next is >= (byte)'0' and <= (byte)'9': Counts.DecimalPoints++; break;
            case (byte)'.' or (byte)'!': Counts.Sentences += next <= ' ' ? 1 : 0; break;
            case (byte)'"' or (byte)'\'': Counts.Quotes++; break;
            case (byte)',' or (byte)':': Counts.Commas++; break;
            case (byte)'(' or (byte)')': Counts.Parentheses++; break;
            case (byte)'_':
                if (next == '_')
                    Counts.Blanks++;
                else
                    Counts.JoinedWords++;
                break;
            case (byte)'{' or (byte)'}' or (byte)';' or (byte)'`' or (byte)'[' or (byte)']' or (byte)'<' or (byte)'>' or (byte)'#':
                Counts.CodeMarks++;
                break;
            case (byte)'\\': Counts.Backslashes++; break;
            case (byte)'$': Counts.Dollars++; break;
            case (byte)'^': Counts.Powers++; break;
            case (byte)'=': Counts.Equalities++; break;
            case (byte)'+' or (byte)'-' or (byte)'*' or (byte)'/' or (byte)'%' or (byte)'|': Counts.Operators++; break;
        }
    }

    /// <summary>The same for marks outside ASCII: full-width stops, inverted and curly marks, operators.</summary>
    private void TakeForeignMark(int mark)
    {
        switch (mark)
        {
            case '？' or '؟': Counts.QuestionMarks++; Counts.Sentences++; break;
            case '。' or '！' or '।': Counts.Sentences++; break;
            case '“' or '”' or '„' or '«' or '»' or '「' or '」': Counts.Quotes++; break;
            case '，' or '、' or '：': Counts.Commas++; break;
            case '（' or '）': Counts.Parentheses++; break;
            case >= 0x2200 and <= 0x22FF or '×' or '÷' or '−': Counts.Operators++; break;
            case '²' or '³': Counts.Powers++; break;
        }
    }
}
