using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Guarding;

public sealed class GuardDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Sample.Root, "docs", "guardrails.md"));

    [Fact]
    public void The_page_names_every_kind_of_personal_data() => Assert.All(PiiGuard.Entities, label => Assert.Contains($"`{label}`", Page, StringComparison.Ordinal));

    [Fact]
    public void The_page_names_every_kind_of_secret() => Assert.All(SecretsGuard.Kinds, label => Assert.Contains($"`{label}`", Page, StringComparison.Ordinal));
}
