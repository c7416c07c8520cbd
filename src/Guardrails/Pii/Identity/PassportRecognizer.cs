using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Numbers of passports: six to nine capitals and digits (ICAO Doc 9303-4, 4.2.2: at most nine), most of them digits. Only a word before them tells.</summary>
internal sealed class PassportRecognizer : IPiiRecognizer
{
    private static readonly Cues Words = new(
        "passport", "passports", "reisepass", "reisepassnummer", "passnummer", "passeport", "pasaporte", "passaporto", "passaporte", "paspoort", "paszport",
        "여권", "护照", "護照", "パスポート", "旅券", "паспорт");

    public string Label => "passport";

    public uint Beginnings => 0x3FF;

    public int Read(ref Cursor cursor, in Word word)
    {
        var (at, digits) = (word.Start, 0);
        for (; Letters.IsDigit(cursor[at]) || Letters.IsUpper(cursor[at]); at++)
        {
            digits += Letters.IsDigit(cursor[at]) ? 1 : 0;
            if (at - word.Start == 9)
                return -1;
        }

        if (Letters.IsWord(cursor[at]) || (!cursor.Touched && (at - word.Start < 6 || digits < 4)))
            return -1;
        // Without a word before it nothing that follows matters.
        if (!Words.Announce(cursor, word.Start))
        {
            cursor.Touched = false;
            return -1;
        }

        return at - word.Start >= 6 && digits >= 4 && cursor.Ends(at) ? at : -1;
    }
}
