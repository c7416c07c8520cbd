using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii;

/// <summary>Recognises one kind of personal data in a text, at a word that it may begin with.</summary>
internal interface IPiiRecognizer
{
    /// <summary>The kind.</summary>
    string Label { get; }

    /// <summary>Of how many digits the words may be that it begins with: bit 1 for one digit and so on; bit 0 for words that begin with a letter.</summary>
    uint Beginnings { get; }

    /// <summary>Judges a word.</summary>
    /// <param name="cursor">The text. What is found begins at its <see cref="Cursor.From"/>.</param>
    /// <param name="word">The word.</param>
    /// <returns>Where what is found ends; -1 when nothing is. Void if the cursor was touched.</returns>
    int Read(ref Cursor cursor, in Word word);

    /// <summary>The place from which on the end of the text may be the beginning of something, of which no digit has come yet.</summary>
    int OpenFrom(ref Cursor cursor) => cursor.Length;
}
