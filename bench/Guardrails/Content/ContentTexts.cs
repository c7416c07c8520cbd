using System.Text;

namespace Gateway.Bench.Guardrails.Content;

/// <summary>Ordinary texts to time guards on: this repository's pages, its sources, and a paragraph of Korean; in pieces of two kilobytes.</summary>
internal sealed class ContentTexts
{
    public const int PieceBytes = 2048;

    private const string Korean =
        "게이트웨이는 요청을 받아 어느 모델이 답할지 정하고, 이미 아는 답이 있으면 그대로 돌려줍니다. 복제본이 문장 중간에 죽더라도 다른 복제본이 이어서 답하므로 사용자는 끊김을 느끼지 못합니다. "
        + "설정 파일을 바꾸면 새 설정이 곧바로 적용되고, 진행 중인 요청은 예전 설정으로 끝까지 갑니다. 오늘 날씨가 좋아서 산책을 나갔다가 저녁에 돌아왔습니다.\n";

    private ContentTexts(string name, string text)
    {
        Name = name;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at + PieceBytes <= bytes.Length;)
        {
            var end = at + PieceBytes;
            while ((bytes[end - 1] & 0xC0) == 0x80 || bytes[end - 1] >= 0xC0)
                end--;
            Pieces.Add(bytes[at..end]);
            at = end;
        }

        Bytes = Pieces.Sum(piece => (long)piece.Length);
    }

    public string Name { get; }

    public List<byte[]> Pieces { get; } = [];

    public long Bytes { get; }

    /// <exception cref="FormatException">It is no folder of this repository.</exception>
    public static ContentTexts[] Read(string root)
    {
        if (!File.Exists(Path.Combine(root, "Gateway.sln")))
            throw new FormatException($"{root} is not the repository: run this at its root, or name it with --root");
        return [new("prose", All(root, "*.md")), new("code", All(Path.Combine(root, "src"), "*.cs")), new("Korean", string.Concat(Enumerable.Repeat(Korean, 60)))];
    }

    /// <summary>Words of the pages, each with its letters in another order, so that they occur nowhere and look like what occurs.</summary>
    public static string[] Terms(ContentTexts texts, int count)
    {
        var words = texts.Pieces.SelectMany(piece => Encoding.UTF8.GetString(piece).Split(' ', '\n')).Where(word => word.Length is > 4 and < 14 && word.All(char.IsAsciiLetterLower));
        return [.. words.Distinct().Select(word => $"{word[1]}{word[0]}{word[^1]}{word[2..^1]}").Distinct().Take(count)];
    }

    private static string All(string root, string pattern) =>
        string.Concat(Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
}
