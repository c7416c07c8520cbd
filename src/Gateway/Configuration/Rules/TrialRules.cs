using Gateway.Configuration.Reading;

namespace Gateway.Configuration.Rules;

/// <summary>Rules of a model's trial: another model, that tries nothing itself.</summary>
internal static class TrialRules
{
    public static void Check(string name, ModelOptions model, IReadOnlyDictionary<string, ModelOptions> models, RuleReport report)
    {
        if (model.Trial is not { } trial)
        {
            return;
        }

        var path = $"{ConfigPath.Key("models", name)}.trial";
        if (trial.Share is not (>= 0 and <= 1))
        {
            report.Add($"{path}.share", $"\"{trial.Share}\" is out of range; write a number from 0 to 1");
        }

        if (trial.Model == name)
        {
            report.Add($"{path}.model", "a model cannot be tried against itself; name another one");
        }
        else if (!models.TryGetValue(trial.Model, out var other))
        {
            report.Add($"{path}.model", $"{Quoting.Quote(trial.Model)} is no model{Spelling.Suggest(trial.Model, models.Keys)}; the models are {Quoting.List(models.Keys)}");
        }
        else if (other.Trial is not null)
        {
            report.Add($"{path}.model", $"{Quoting.Quote(trial.Model)} has a trial of its own; a trial is of a model without one");
        }
    }
}
