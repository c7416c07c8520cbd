namespace Gateway.Conventions.Tests.Documents;

public sealed class LifeOfARequestTests
{
    private const string Flow = "CompletionFlow";

    private const string Sample = """
        # Architecture

        ## Life of a request

        Six files: `Program` → `Endpoint` → `Flow`, as
        `Other` says.

        | step | call | ends with |
        |---|---|---|
        | accept | – | 400 |
        | plan | `planner.Plan()` | 404 |
        | send | `SendAsync`, `RelayAsync` | 502 |

        ## Words
        """;

    private const string Code = """
        class Flow
        {
            async Task RunAsync()
            {
                try { var plan = _planner.Plan(Read()); await AnswerAsync(plan); }
                finally { _ledger?.Account(); }
            }

            Task AnswerAsync(object plan) => _dispatcher.SendAsync(plan);
        }
        """;

    [Fact]
    public void The_flow_calls_what_the_table_lists_in_the_tables_order()
    {
        var steps = LifeOfARequest.Steps(MarkdownDocument.Load("ARCHITECTURE.md"));
        var flow = Repository.SourcesUnder("src/Gateway").SingleOrDefault(source => source.Name == Flow);
        if (flow is null)
        {
            Rule.Holds($"the table names calls of {Flow}.RunAsync, which does not exist yet", steps);
            return;
        }
        var rule = $"{Flow}.RunAsync calls the steps of ARCHITECTURE.md's '{LifeOfARequest.Heading}' in the table's order";
        Rule.Holds(rule, steps.Count >= 5 ? [] : [$"the column 'call' names {steps.Count} calls; a life has more"]);
        var calls = LifeOfARequest.Calls(flow, Flow, "RunAsync");
        var stray = LifeOfARequest.OutOfOrder(steps, calls);
        Rule.Holds(rule, stray is null ? [] : [$"{stray} is not called after the step above it; the calls are {string.Join(", ", calls)}"]);
    }

    [Fact]
    public void Every_link_of_the_chain_is_a_file_of_that_name()
    {
        HashSet<string> names = [.. Repository.SourcesUnder("src/Gateway").Select(source => source.Name)];
        var chain = LifeOfARequest.Chain(MarkdownDocument.Load("ARCHITECTURE.md"));
        Rule.Holds("the chain from socket to socket names files of src/Gateway", chain.Where(name => !names.Contains(name)));
    }

    [Fact]
    public void Steps_and_chain_are_read_from_the_section()
    {
        var document = new MarkdownDocument("a.md", Sample);
        Assert.Equal(["Plan", "SendAsync", "RelayAsync"], LifeOfARequest.Steps(document));
        Assert.Equal(["Program", "Endpoint", "Flow"], LifeOfARequest.Chain(document));
        Assert.Empty(LifeOfARequest.Steps(new("a.md", "## Words\n")));
        Assert.Empty(LifeOfARequest.Chain(new("a.md", "## Words\n")));
    }

    [Fact]
    public void Calls_are_in_the_order_of_the_text_with_own_methods_opened() =>
        Assert.Equal(
            ["Plan", "Read", "AnswerAsync", "SendAsync", "Account"],
            LifeOfARequest.Calls(SourceFile.Parse("Flow.cs", Code), "Flow", "RunAsync"));

    [Fact]
    public void A_step_out_of_order_is_an_offender()
    {
        Assert.Null(LifeOfARequest.OutOfOrder(["A", "C"], ["A", "B", "C"]));
        Assert.Equal("A", LifeOfARequest.OutOfOrder(["C", "A"], ["A", "B", "C"]));
        Assert.Equal("D", LifeOfARequest.OutOfOrder(["A", "D"], ["A", "B", "C"]));
        Assert.Equal("A", LifeOfARequest.OutOfOrder(["A", "A"], ["A", "B"]));
    }
}
