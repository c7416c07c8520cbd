using CsCheck;
using Gateway.Routing.Complexity;

namespace Gateway.Routing.Tests.Complexity;

public sealed class ArtefactFormatTests
{
    private static readonly byte[] File = ArtefactFormat.Write(DefaultArtefact.Instance);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = ArtefactFormat.Read(File).Artefact!;
        Assert.Equal(DefaultArtefact.Instance.Id, read.Id);
        Assert.Equal(DefaultArtefact.Instance.Card, read.Card);
        Assert.Equal(DefaultArtefact.Instance.Scale, read.Scale);
        Assert.Equal(DefaultArtefact.Instance.GramWeights, read.GramWeights);
        Assert.Equal(DefaultArtefact.Instance.Quantiles, read.Quantiles);
    }

    [Fact]
    public void The_embedded_artefact_names_its_sources_and_licences()
    {
        Assert.Contains("mmlu_pro", DefaultArtefact.Instance.Card, StringComparison.Ordinal);
        Assert.Contains("licence", DefaultArtefact.Instance.Card, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("| alpaca_eval |", DefaultArtefact.Instance.Card, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_something_else_is_named_as_that() =>
        Assert.Contains("does not begin", ArtefactFormat.Read("PK something"u8).Error, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_another_version_says_which()
    {
        var other = (byte[])File.Clone();
        other[8] = 99;
        Assert.Contains("version 99", ArtefactFormat.Read(other).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_or_changed_is_refused()
    {
        var changed = (byte[])File.Clone();
        changed[5000] ^= 1;
        Assert.Contains("checksum", ArtefactFormat.Read(changed).Error, StringComparison.Ordinal);
        Assert.Contains("checksum", ArtefactFormat.Read(File.AsSpan(0, File.Length / 2)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ArtefactFormat.Read([.. "GWSCORER"u8, 1, 0, 0, 0, .. bytes]).Error is not null, iter: 200);
}
