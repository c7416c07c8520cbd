namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Words with which people go on with what they asked before, lower-case, in eight languages.</summary>
/// <remarks>
/// Several languages share a list: an ask has to consist of such words, or begin or end with them, so that a chance word of
/// another language does no harm.
/// </remarks>
internal static class FollowUpPhrases
{
    /// <summary>Words that have no subject of their own: an ask made of nothing else goes on with an earlier one.</summary>
    public static readonly string[] Echoes = Words(
        // English
        "yes yeah yep yup y ok okay sure please go ahead continue proceed do it that this these those them all both same too "
        + "also again retry try on keep going next more sounds good great perfect right exactly correct lgtm no nope not now then "
        + "the a an first second third last former latter other one ones two three option so and but or why how what else "
        + "elaborate explain further detail details in with for shorter longer simpler faster better another example examples show "
        + "me give write rewrite redo fix run apply undo revert make test file files way thing just instead 1 2 3 4 b c",
        // Korean
        "네 넵 예 응 어 그래 그래요 좋아 좋아요 좋습니다 오케이 ㅇㅇ ㅇㅋ 계속 계속해 계속해줘 계속해주세요 진행해 진행해줘 진행해주세요 그렇게 해 해줘 "
        + "해주세요 그대로 부탁해 부탁해요 부탁합니다 다시 해봐 시도해줘 더 자세히 자세하게 설명해줘 왜 왜요 어떻게 다음 맞아 맞아요 아니 아니요 둘 다 첫 첫번째 "
        + "두번째 번째 고쳐줘 수정해줘 실행해줘 적용해줘 짧게 길게 간단하게 예시 예를 들어줘 보여줘 이것 그것 이거 그거 이걸 그걸 도 같은 방식으로 똑같이 다른 파일도 파일",
        // Japanese
        "はい ええ うん お願い お願いします 続けて 続けてください 続き 続きを もっと もっと詳しく 詳しく なぜ なんで どうして それで それでお願いします そうして "
        + "そうしてください やって やってください もう一度 もう一回 次 次へ いいえ いいですね 了解 了解です 直して 修正して 修正してください 実行して 実行してください "
        + "進めて 進めてください それをやって それをやってください 両方",
        // Chinese
        "好 好的 好吧 是 是的 对 可以 行 嗯 继续 请继续 继续吧 做吧 去做吧 就这样 就这样做 就这么做 照做 请照做 开始吧 再来 再来一次 再试一次 再试 "
        + "为什么 然后呢 下一步 更多 详细点 说详细点 请详细说明 不 不是 不对 修复它 运行它 改一下 修改一下 两个都要",
        // Spanish
        "sí si claro vale dale adelante hazlo continúa continua sigue por favor otra vez de nuevo más detalles lo mismo eso esto "
        + "también y pero qué cómo explícalo arréglalo corrígelo pruébalo ejecútalo el la los otro otra archivo perfecto correcto "
        + "exacto repite inténtalo para con",
        // German
        "ja jo jawohl klar genau gerne gern bitte mach mache machen das es so weiter nochmal noch mal einmal versuch versuche los "
        + "fortfahren fahr fort gut passt richtig warum wieso wie und auch mehr kürzer länger einfacher die der den andere zweite erste "
        + "beides datei gleiche für erklär erkläre nein",
        // French
        "oui ouais non vas y d accord continue continuez encore fais le faites la les ça cela parfait exact exactement très bien "
        + "pourquoi comment plus de détails même chose pareil pour l autre fichier aussi et mais explique corrige recommence réessaie",
        // Russian
        "да ага нет хорошо ладно окей ок давай давайте продолжай продолжайте сделай сделайте это так же ещё еще раз снова попробуй "
        + "дальше далее почему зачем как подробнее больше короче пожалуйста то самое тоже и а но другой другого файл файла для конечно "
        + "верно правильно исправь объясни повтори");

    /// <summary>Openings of a short ask that carry on from what was said.</summary>
    public static readonly string[] Openings =
    [
        "and", "also", "but", "or", "then", "now", "instead", "actually", "wait", "yes", "yeah", "yep", "ok", "okay", "sure", "no",
        "nope", "what about", "how about", "same for", "same with", "same thing", "same as", "the same", "in that case", "why not",
        "can you also", "could you also", "please also", "try again", "do the same", "repeat that", "go ahead",
        "네", "응", "아니", "아니요", "좋아", "그럼", "그러면", "그리고", "그건", "그거", "그것도", "이것도", "그렇다면", "근데", "그런데", "하지만", "또", "또한",
        "같은", "똑같이", "마찬가지로", "이번엔", "이번에는", "이제", "나머지도", "다른",
        "はい", "いいえ", "では", "じゃあ", "それでは", "それなら", "あと",
        "好的", "是的", "对", "不", "那么", "然后", "还有", "另外", "但是", "不过", "同样", "接着",
        "y", "sí", "pero", "ahora", "entonces", "también", "lo mismo", "igual", "qué tal", "qué hay de", "y qué",
        "und", "auch", "aber", "oder", "dann", "jetzt", "ja", "nein", "stattdessen", "was ist mit", "wie ist es mit", "wie sieht es mit",
        "das gleiche", "dasselbe", "das selbe", "gleiches",
        "et", "mais", "ou", "alors", "maintenant", "pareil", "oui", "non", "la même chose", "même chose", "idem", "qu en est il",
        "и", "а", "но", "или", "теперь", "тогда", "также", "да", "нет", "то же", "тоже", "ещё", "еще", "что насчёт", "что насчет",
    ];

    /// <summary>Words that end a subject: what a very short ask with one of them is about is over.</summary>
    public static readonly string[] Thanks = Words(
        "thanks thank thx cheers bye 감사 감사해요 감사합니다 고마워 고마워요 고맙습니다 谢谢 谢了 多谢 ありがとう ありがとうございます gracias danke dankeschön merci "
        + "спасибо благодарю");

    /// <summary>Words that point back wherever they stand in a very short ask.</summary>
    public static readonly string[] Pointers =
        Words("it its them they those these above previous earlier 그거 그걸 그것을 그것 이걸 이것을 방금 아까 위의 hazlo eso его её их");

    /// <summary>Words that point back where a very short ask begins or ends with them.</summary>
    public static readonly string[] Edges = Words("that this instead too again es das eso esto ça cela это этого");

    /// <summary>Beginnings in scripts without spaces.</summary>
    public static readonly string[] UnspacedOpenings =
    [
        "では", "じゃあ", "それ", "その", "これも", "さっきの", "上の", "同じ", "同様に", "次は", "あとは", "また", "続き",
        "那如果", "那对于", "那用", "再试", "再写", "再给", "再加", "也给", "也做", "也对", "也把", "同样", "换成", "改成", "现在写", "现在把", "现在给", "现在请",
        "把它", "对另", "给另", "像刚才",
    ];

    /// <summary>Endings in scripts without spaces, and of Korean words.</summary>
    public static readonly string[] UnspacedEndings = ["呢", "也一样", "也是", "場合は", "も", "もお願い", "もお願いします", "も同じように", "도", "도요"];

    /// <summary>Particles that make one word alone an elliptic question: "Postgres는?", "Postgresは？".</summary>
    public static readonly string[] TopicParticles = ["는", "은", "は", "では"];

    /// <summary>References back in scripts without spaces, wherever they stand.</summary>
    public static readonly string[] UnspacedPointers = ["另一个文件", "其他文件", "那个文件", "上面", "刚才", "同样的", "一样的", "把它", "上記", "先ほど", "さっき"];

    private static string[] Words(params string[] lists) => string.Join(' ', lists).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
