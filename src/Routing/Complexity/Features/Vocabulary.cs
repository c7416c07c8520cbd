using System.Collections.Frozen;

namespace Gateway.Routing.Complexity.Features;

/// <summary>Words by class, looked up by hash without a string; in the languages whose asks are tested.</summary>
/// <remarks>
/// Scripts without spaces contribute pairs of characters ("证明"), which is how the reader offers them. Which class weighs what is
/// learned; the lists only make one question in two languages look alike.
/// </remarks>
internal static class Vocabulary
{
    private static readonly (WordClass Class, string Words)[] Lists =
    [
        (WordClass.What, "what whats was que qué cuál quel quelle что какой какая какое 什么 什麼 무엇 뭐야 何で 何が 何を"),
        (WordClass.Which, "which welche welcher welches cuáles lequel laquelle quels quelles какие который 哪个 哪些 哪一 어느 어떤 どの どれ どち"),
        (WordClass.Who, "who whom whose wer wessen quién quiénes qui кто кого 누구 누가 谁 誰が 誰の"),
        (WordClass.When, "when wann cuándo quand когда 언제 何时 什么时 いつ"),
        (WordClass.Where, "where wo wohin woher dónde où где куда откуда 어디 哪里 哪儿 どこ"),
        (WordClass.Why, "why warum weshalb wieso pourquoi почему зачем 왜냐 이유 为什 為什 なぜ どう"),
        (WordClass.How, "how wie cómo comment как 어떻 怎么 怎样 如何 方法"),
        (WordClass.Quantity, "many much amount total number wieviel viele cuántos cuántas cuánto combien сколько 얼마 몇개 多少 几个 いくつ いくら 何人"),
        (WordClass.Explain, "explain describe discuss summarize summarise outline interpret analyze analyse erkläre erklären beschreibe explica explicar describe analiza explique expliquer décris décrire analyse объясни объяснить опиши 설명 분석 요약 解释 说明 分析 説明 要約 解説"),
        (WordClass.Compute, "calculate compute find solve determine evaluate simplify estimate convert factor berechne berechnen löse bestimme finde calcula calcular resuelve determina encuentra calcule calculer résous résoudre trouve déterminer вычисли вычислить реши решить найди найти определи 계산 구하 풀어 计算 求解 求出 算出 計算 解き 求め"),
        (WordClass.Prove, "prove proof show derive deduce justify verify demonstrate theorem lemma beweise beweis zeige leite demuestra demostrar deduce prueba démontre démontrer prouve prouver déduire докажи доказать выведи покажи 증명 유도 입증 证明 推导 論証 証明 導出"),
        (WordClass.Write, "write create generate compose draft design implement build develop make suggest propose plan schreibe schreib erstelle entwirf implementiere escribe crea diseña implementa escribir écris écrire crée conçois implémente напиши создай разработай реализуй 작성 만들 설계 구현 编写 写一 设计 实现 書い 作成 設計 実装"),
        (WordClass.Compare, "compare contrast difference differences versus vs similar similarities better best worse advantages disadvantages pros cons vergleiche unterschied compara diferencia ventajas compare différence avantages сравни разница 비교 차이 장단 比较 区别 优缺 比較 違い"),
        (WordClass.Logic, "if then therefore because since all some every each none any implies assume suppose given let hence thus true false valid premise conclusion wenn dann alle jeder angenommen si entonces todos cada supongamos alors tous chaque supposons если то все каждый пусть 만약 모든 가정 如果 那么 所有 假设 もし すべ 仮定"),
        (WordClass.Negation, "not no never except without false incorrect neither nor least cannot nicht kein keine ohne nunca sin ninguno excepto ne pas sans aucun jamais не нет без никогда кроме 아닌 없는 제외 不是 没有 除了 ない 以外"),
        (WordClass.Constraint, "must exactly only should following ensure require requirements constraint constraints return limit maximum minimum at unless both muss genau nur sollte debe exactamente solo debería doit exactement seulement должен ровно только 반드시 정확 만을 必须 恰好 只能 必ず ちょう のみ"),
        (WordClass.Code, "function class def import return async await struct interface python javascript typescript java rust sql select regex api endpoint http json yaml kubernetes docker compiler runtime exception null pointer thread array string list dictionary code script program bug error funktion programm función código programa fonction programme функция код программа 함수 코드 프로그 函数 代码 程序 関数 コー プロ"),
        (WordClass.Maths, "integral derivative equation equations polynomial matrix matrices eigenvalue probability modulo prime primes integer integers triangle circle radius angle angles velocity momentum entropy logarithm sum product permutations variance remainder divisible real complex roots function vector gleichung wahrscheinlichkeit ganze ecuación probabilidad entero équation probabilité entier уравнение вероятность целых число 방정 확률 정수 함수 方程 概率 整数 多项 方程 確率"),
        (WordClass.Time, "year years month months week weeks day days hour hours minute minutes second seconds today yesterday tomorrow date before after jahr tage stunden año años días horas an ans jours heures лет дней часов год 시간 년도 小时 年前 時間"),
        (WordClass.Addressee, "i me my you your we our ich du mein mir yo tú mi je tu mon vous я ты мой мне 나는 내가 제가 我的 你的 我们 私の 私は"),
        (WordClass.Stop, "the of a an in on to for and or is are be by with as from that this it its which der die das und ist von zu el la los las de y es en le les des et est un une и в на с по это"),
    ];

    private static readonly FrozenDictionary<uint, WordClass> Classes = Build();

    /// <summary>The class of a word by its hash; of two lists that hold the word the first wins.</summary>
    public static WordClass ClassOf(uint word) => Classes.GetValueOrDefault(word);

    private static FrozenDictionary<uint, WordClass> Build()
    {
        var classes = new Dictionary<uint, WordClass>();
        foreach (var (kind, words) in Lists)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                classes.TryAdd(HashOf(word), kind);
        }

        return classes.ToFrozenDictionary();
    }

    private static uint HashOf(string word)
    {
        if (word.Length == 2 && Characters.ClassOf(new System.Text.Rune(word[0])).HasFlag(CharacterClass.Alone))
            return Grams.PairOf(Grams.HashOf(word.AsSpan(0, 1)), Grams.HashOf(word.AsSpan(1, 1)));
        return Grams.HashOf(word);
    }
}
