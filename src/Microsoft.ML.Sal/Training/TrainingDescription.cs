using System.Globalization;
using System.Reflection;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Describes what a model was trained with.</summary>
/// <param name="given">The options as the user gave them, with the seed that was drawn where they have none.</param>
/// <param name="seedWasDrawn">Whether the seed was drawn.</param>
/// <param name="columns">The columns that were read.</param>
internal sealed class TrainingDescription(SalMulticlassTrainer.Options given, bool seedWasDrawn, TrainingColumns columns)
{
    /// <param name="start">The decisions made before training.</param>
    /// <param name="result">The result of training.</param>
    /// <param name="continuesModel">Whether training started from a model.</param>
    public SalTrainingInfo Describe(SalTrainingStart start, SalTrainingResult result, bool continuesModel)
    {
        SortedDictionary<string, string?> givenOptions = Options(given), chosenOptions = Options(start.Options);
        if (seedWasDrawn)
        {
            givenOptions[nameof(given.Seed)] = null;
        }

        chosenOptions[nameof(given.NumberOfAreas)] ??= Text(result.Model.NumberOfAreas);
        chosenOptions[nameof(given.NumberOfThreads)] ??= Text(Environment.ProcessorCount);
        return new SalTrainingInfo
        {
            Date = Now(),
            MLNetVersion = AssemblyVersion.Of(typeof(MLContext).Assembly),
            PackageVersion = AssemblyVersion.Of(typeof(SalMulticlassTrainer).Assembly),
            RuntimeVersion = Environment.Version.ToString(),
            RowCount = start.RowCount,
            ValidationRowCount = start.ValidationRowCount,
            FeatureCount = result.Model.FeatureCount,
            ClassCount = result.Model.ClassCount,
            LabelColumnName = columns.Label,
            FeatureColumnName = columns.Features,
            ExampleWeightColumnName = columns.Weight,
            GivenOptions = givenOptions,
            ChosenOptions = chosenOptions,
            ContinuesModel = continuesModel,
            KeptEpoch = result.KeptEpoch,
            StoppedInEpoch = result.StoppedInEpoch,
        };
    }

    // To the second.
    private static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    // The options that are values: not the rows to validate on, the receiver of progress and the token.
    private static SortedDictionary<string, string?> Options(SalTrainingOptions options) => new(
        typeof(SalMulticlassTrainer.Options).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(option => IsValue(Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType))
            .ToDictionary(option => option.Name, option => Text(Recorded(option.Name, option.GetValue(options)))),
        StringComparer.Ordinal);

    private static bool IsValue(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string);

    // The folder of a checkpoint is an affair of the machine that trained, and the file may travel.
    private static object? Recorded(string option, object? value) =>
        option == nameof(SalTrainingOptions.CheckpointPath) ? Path.GetFileName((string?)value) : value;

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
