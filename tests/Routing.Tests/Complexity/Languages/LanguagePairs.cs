namespace Gateway.Routing.Tests.Complexity.Languages;

/// <summary>The same eight pairs in eight languages, written for these tests.</summary>
internal static class LanguagePairs
{
    public static readonly IReadOnlyDictionary<string, LanguagePair[]> ByLanguage = new Dictionary<string, LanguagePair[]>
    {
        ["EN"] =
        [
            new("Hello! How are you today?", "Prove that there are infinitely many primes congruent to 3 modulo 4, and say where the same argument fails for 1 modulo 4."),
            new("What is the capital of France?", "Design a rate limiter shared by five data centres that stays within two percent of its limit when the network splits, and justify each trade-off."),
            new("How do you say 'good morning' in Spanish?", "Two threads take locks A and B in opposite order only when the cache is cold. Find every interleaving that deadlocks and give a fix that keeps the throughput."),
            new("What day comes after Monday?", "Derive the expected running time of quicksort with a random pivot, first by a recurrence and then by indicator variables, and show that both agree."),
            new("Give me a synonym for 'fast'.", "A test is 98% sensitive and 95% specific and one in 800 people is ill. Two independent positive tests: how likely is illness, and how does it change if the errors correlate at 0.3?"),
            new("List the planets of the solar system.", "Rewrite this report so that it reads the 400-million-row orders table once: running totals per customer, gaps filled by month, ranks with ties, and explain the plan you expect."),
            new("How long do I boil an egg?", "A 64-year-old on warfarin has new confusion, low sodium and a cough. Weigh the possible causes against each other and say in which order you would examine them."),
            new("Write one sentence about the sea.", "The buyer stopped paying after the third late delivery and the contract is silent on set-off. Argue both sides, then say which remedy a court would most likely grant and why."),
        ],
        ["KO"] =
        [
            new("안녕하세요! 오늘 어떠세요?", "4로 나눈 나머지가 3인 소수가 무한히 많음을 증명하고, 같은 논증이 나머지가 1인 경우에 어디에서 실패하는지 설명하세요."),
            new("프랑스의 수도는 어디인가요?", "다섯 개 데이터 센터가 함께 쓰는 처리율 제한기를 설계하세요. 네트워크가 분할되어도 한도의 2퍼센트 안에 머물러야 하며 각 절충의 근거를 제시하세요."),
            new("'좋은 아침'을 스페인어로 뭐라고 하나요?", "두 스레드가 캐시가 비어 있을 때만 락 A와 B를 반대 순서로 잡습니다. 교착 상태가 되는 모든 인터리빙을 찾고 처리량을 유지하는 수정안을 제시하세요."),
            new("월요일 다음은 무슨 요일인가요?", "무작위 피벗을 쓰는 퀵소트의 기대 실행 시간을 먼저 점화식으로, 다음에 지시 확률 변수로 유도하고 두 결과가 일치함을 보이세요."),
            new("'빠른'의 동의어를 하나 알려 주세요.", "어떤 검사의 민감도는 98%, 특이도는 95%이고 800명 중 한 명이 환자입니다. 독립적인 두 번의 양성일 때 환자일 확률을 구하고 오류의 상관계수가 0.3이면 어떻게 달라지는지 계산하세요."),
            new("태양계의 행성을 나열해 주세요.", "4억 행의 주문 테이블을 한 번만 읽도록 이 보고서를 다시 작성하세요. 고객별 누계, 월별 빈칸 채우기, 동점이 있는 순위를 포함하고 예상되는 실행 계획을 설명하세요."),
            new("달걀은 얼마나 삶나요?", "와파린을 복용하는 64세 환자에게 새로운 혼란, 저나트륨혈증과 기침이 나타났습니다. 가능한 원인을 서로 비교하고 어떤 순서로 검사할지 말하세요."),
            new("바다에 대해 한 문장만 써 주세요.", "매수인은 세 번째 납품 지연 뒤에 지급을 멈추었고 계약서에는 상계 조항이 없습니다. 양측의 주장을 논증한 뒤 법원이 어떤 구제를 인정할지 이유와 함께 판단하세요."),
        ],
        ["ZH"] =
        [
            new("你好！今天怎么样？", "证明模4余3的素数有无穷多个，并说明同样的论证对模4余1的情形在哪里失效。"),
            new("法国的首都是哪里？", "设计一个由五个数据中心共享的限流器，在网络分区时误差仍不超过限额的百分之二，并论证每一个取舍。"),
            new("“早上好”用西班牙语怎么说？", "只有在缓存为空时，两个线程才以相反的顺序获取锁A和锁B。找出所有会死锁的交错执行，并给出不降低吞吐量的修复方案。"),
            new("星期一之后是星期几？", "推导随机枢轴快速排序的期望运行时间，先用递推式，再用指示变量，并证明两者一致。"),
            new("给我一个“快”的同义词。", "某检测的灵敏度为98%，特异度为95%，每800人中有一人患病。两次独立检测均为阳性时患病的概率是多少？如果误差的相关系数为0.3，结果如何变化？"),
            new("列出太阳系的行星。", "重写这个报表，使四亿行的订单表只被读取一次：按客户累计、按月填补空缺、允许并列的排名，并解释你预期的执行计划。"),
            new("鸡蛋要煮多久？", "一名服用华法林的64岁患者新出现意识混乱、低钠血症和咳嗽。比较各种可能的病因，并说明检查的先后顺序及理由。"),
            new("写一句关于大海的话。", "买方在第三次延迟交货后停止付款，而合同没有规定抵销。请为双方论证，然后判断法院最可能给予何种救济并说明原因。"),
        ],
        ["ES"] =
        [
            new("¡Hola! ¿Cómo estás hoy?", "Demuestra que hay infinitos primos congruentes con 3 módulo 4 y di dónde falla el mismo argumento para 1 módulo 4."),
            new("¿Cuál es la capital de Francia?", "Diseña un limitador de tasa compartido por cinco centros de datos que no se desvíe más del dos por ciento cuando la red se divide, y justifica cada compromiso."),
            new("¿Cómo se dice 'buenos días' en inglés?", "Dos hilos toman los cerrojos A y B en orden inverso solo cuando la caché está fría. Encuentra todos los entrelazados que se bloquean y propón un arreglo que conserve el rendimiento."),
            new("¿Qué día viene después del lunes?", "Deduce el tiempo esperado de quicksort con pivote aleatorio, primero con una recurrencia y luego con variables indicadoras, y muestra que ambos coinciden."),
            new("Dame un sinónimo de 'rápido'.", "Una prueba tiene 98% de sensibilidad y 95% de especificidad, y enferma una de cada 800 personas. Con dos positivos independientes, ¿qué probabilidad hay de enfermedad y cómo cambia si los errores se correlacionan en 0,3?"),
            new("Enumera los planetas del sistema solar.", "Reescribe este informe para que lea una sola vez la tabla de pedidos de 400 millones de filas: totales acumulados por cliente, huecos mensuales rellenados, rangos con empates, y explica el plan que esperas."),
            new("¿Cuánto tiempo se cuece un huevo?", "Un paciente de 64 años que toma warfarina presenta confusión reciente, sodio bajo y tos. Compara las causas posibles y di en qué orden las examinarías."),
            new("Escribe una frase sobre el mar.", "El comprador dejó de pagar tras la tercera entrega tardía y el contrato no menciona la compensación. Argumenta ambas posturas y di qué remedio concedería probablemente un tribunal y por qué."),
        ],
        ["DE"] =
        [
            new("Hallo! Wie geht es dir heute?", "Beweise, dass es unendlich viele Primzahlen kongruent 3 modulo 4 gibt, und sage, wo dasselbe Argument für 1 modulo 4 scheitert."),
            new("Was ist die Hauptstadt von Frankreich?", "Entwirf einen von fünf Rechenzentren geteilten Ratenbegrenzer, der bei einer Netztrennung höchstens zwei Prozent abweicht, und begründe jede Abwägung."),
            new("Wie sagt man 'guten Morgen' auf Spanisch?", "Zwei Threads nehmen die Sperren A und B nur bei kaltem Cache in umgekehrter Reihenfolge. Finde alle Verschränkungen, die zum Deadlock führen, und eine Lösung, die den Durchsatz erhält."),
            new("Welcher Tag kommt nach Montag?", "Leite die erwartete Laufzeit von Quicksort mit zufälligem Pivot her, erst mit einer Rekurrenz, dann mit Indikatorvariablen, und zeige, dass beide übereinstimmen."),
            new("Nenne mir ein Synonym für 'schnell'.", "Ein Test hat 98% Sensitivität und 95% Spezifität, und einer von 800 Menschen ist krank. Wie wahrscheinlich ist die Krankheit bei zwei unabhängigen positiven Tests, und wie ändert sich das bei einer Fehlerkorrelation von 0,3?"),
            new("Zähle die Planeten des Sonnensystems auf.", "Schreibe diesen Bericht so um, dass er die Tabelle mit 400 Millionen Bestellungen nur einmal liest: laufende Summen je Kunde, gefüllte Monatslücken, Ränge mit Gleichstand, und erkläre den erwarteten Plan."),
            new("Wie lange kocht man ein Ei?", "Ein 64-Jähriger unter Warfarin ist neu verwirrt, hat wenig Natrium und Husten. Wäge die möglichen Ursachen gegeneinander ab und sage, in welcher Reihenfolge du sie untersuchen würdest."),
            new("Schreibe einen Satz über das Meer.", "Der Käufer zahlte nach der dritten verspäteten Lieferung nicht mehr, und der Vertrag schweigt zur Aufrechnung. Begründe beide Seiten und sage, welchen Rechtsbehelf ein Gericht wohl gewährt und warum."),
        ],
        ["FR"] =
        [
            new("Bonjour ! Comment vas-tu aujourd'hui ?", "Démontre qu'il existe une infinité de nombres premiers congrus à 3 modulo 4 et dis où le même argument échoue pour 1 modulo 4."),
            new("Quelle est la capitale de la France ?", "Conçois un limiteur de débit partagé par cinq centres de données qui reste à deux pour cent de sa limite quand le réseau se divise, et justifie chaque compromis."),
            new("Comment dit-on 'bonjour' en espagnol ?", "Deux threads prennent les verrous A et B dans l'ordre inverse seulement quand le cache est froid. Trouve tous les entrelacements qui se bloquent et une correction qui préserve le débit."),
            new("Quel jour vient après lundi ?", "Établis le temps moyen du tri rapide à pivot aléatoire, d'abord par une récurrence, puis par des variables indicatrices, et montre que les deux concordent."),
            new("Donne-moi un synonyme de 'rapide'.", "Un test a 98% de sensibilité et 95% de spécificité, et une personne sur 800 est malade. Avec deux tests positifs indépendants, quelle est la probabilité de maladie, et que devient-elle si les erreurs sont corrélées à 0,3 ?"),
            new("Énumère les planètes du système solaire.", "Réécris ce rapport pour qu'il ne lise qu'une fois la table de 400 millions de commandes : totaux cumulés par client, mois manquants comblés, rangs avec ex æquo, et explique le plan attendu."),
            new("Combien de temps cuit un œuf ?", "Un patient de 64 ans sous warfarine présente une confusion récente, un sodium bas et une toux. Pèse les causes possibles et dis dans quel ordre tu les examinerais."),
            new("Écris une phrase sur la mer.", "L'acheteur a cessé de payer après la troisième livraison en retard et le contrat ne dit rien de la compensation. Défends les deux thèses, puis dis quel remède un tribunal accorderait et pourquoi."),
        ],
        ["RU"] =
        [
            new("Привет! Как дела сегодня?", "Докажи, что простых чисел, сравнимых с 3 по модулю 4, бесконечно много, и укажи, где то же рассуждение не проходит для 1 по модулю 4."),
            new("Какая столица у Франции?", "Спроектируй ограничитель запросов, общий для пяти центров обработки данных, который при разделении сети отклоняется не более чем на два процента, и обоснуй каждый компромисс."),
            new("Как по-испански «доброе утро»?", "Два потока захватывают блокировки A и B в обратном порядке только при холодном кэше. Найди все чередования, ведущие к взаимной блокировке, и исправление, сохраняющее пропускную способность."),
            new("Какой день после понедельника?", "Выведи ожидаемое время быстрой сортировки со случайным опорным элементом сначала через рекуррентное соотношение, затем через индикаторные величины, и покажи, что они совпадают."),
            new("Дай синоним слова «быстрый».", "Тест имеет чувствительность 98% и специфичность 95%, болен один из 800. Какова вероятность болезни при двух независимых положительных тестах и как она изменится при корреляции ошибок 0,3?"),
            new("Перечисли планеты Солнечной системы.", "Перепиши этот отчёт так, чтобы таблица заказов из 400 миллионов строк читалась один раз: накопительные итоги по клиентам, заполненные месяцы, ранги с равенством, и объясни ожидаемый план."),
            new("Сколько варить яйцо?", "У пациента 64 лет на варфарине появились спутанность сознания, низкий натрий и кашель. Взвесь возможные причины и скажи, в каком порядке ты бы их проверял."),
            new("Напиши одно предложение о море.", "Покупатель перестал платить после третьей просрочки, а договор молчит о зачёте. Обоснуй позиции обеих сторон и скажи, какое средство защиты вероятнее всего предоставит суд и почему."),
        ],
        ["JA"] =
        [
            new("こんにちは！今日はお元気ですか？", "4で割って3余る素数が無限に存在することを証明し、同じ議論が1余る場合にどこで破綻するかを説明してください。"),
            new("フランスの首都はどこですか？", "五つのデータセンターで共有し、ネットワーク分断時にも誤差が上限の2パーセント以内に収まるレート制限器を設計し、各トレードオフの根拠を示してください。"),
            new("「おはよう」はスペイン語で何と言いますか？", "キャッシュが空のときだけ、二つのスレッドがロックAとBを逆順で取得します。デッドロックに至るすべてのインターリーブを見つけ、スループットを保つ修正を示してください。"),
            new("月曜日の次は何曜日ですか？", "ランダムなピボットを使うクイックソートの期待実行時間を、まず漸化式で、次に指示変数で導出し、両者が一致することを示してください。"),
            new("「速い」の類義語を一つください。", "ある検査の感度は98%、特異度は95%で、800人に1人が患者です。独立な二回の検査がともに陽性のとき病気である確率を求め、誤差の相関が0.3ならどう変わるか計算してください。"),
            new("太陽系の惑星を挙げてください。", "4億行の注文テーブルを一度だけ読むようにこのレポートを書き直してください。顧客ごとの累計、月の欠損の補完、同順位のある順位付けを含め、想定する実行計画を説明してください。"),
            new("卵は何分ゆでますか？", "ワルファリンを服用中の64歳の患者に、新たな錯乱、低ナトリウム、咳が現れました。考えられる原因を比較検討し、どの順序で調べるかを述べてください。"),
            new("海について一文書いてください。", "買主は三度目の納品遅延の後に支払いを止め、契約には相殺の定めがありません。双方の立場を論証し、裁判所がどの救済を認めるか理由とともに判断してください。"),
        ],
    };
}
