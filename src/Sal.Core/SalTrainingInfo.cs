using Sal.Core.Files;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>
/// Tells what a model of ML.NET's trainer was trained with: options, versions, data and date. It is part of the file that
/// <c>mlContext.Model.Save</c> writes, and can be read without loading the model.
/// </summary>
/// <remarks>
/// It describes the run that made the model: where training continued from another model, it is that of the last run. Names of columns and
/// values of options are those of the training program; of paths, the name of the file alone is kept, since models travel.
/// </remarks>
public sealed class SalTrainingInfo
{
    /// <summary>Gets the time at which training ended, in UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Gets the version of Microsoft.ML, such as 5.0.1.</summary>
    public required string MLNetVersion { get; init; }

    /// <summary>Gets the version of MLNet.Trainers.Sal, such as 0.2.0.</summary>
    public required string PackageVersion { get; init; }

    /// <summary>Gets the version of .NET, such as 10.0.0.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Gets the number of rows that the model was trained on, without those skipped or held out.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the number of rows that the model was validated on, given or held out; 0 for none.</summary>
    public required int ValidationRowCount { get; init; }

    /// <summary>Gets the number of features per row.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Gets the number of classes.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Gets the name of the label column.</summary>
    public required string LabelColumnName { get; init; }

    /// <summary>Gets the name of the feature column.</summary>
    public required string FeatureColumnName { get; init; }

    /// <summary>Gets the name of the example weight column; null if all rows weighed the same.</summary>
    public required string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// Gets the options as they were given, by name, as text in the invariant culture; null for an option that was left open.
    /// </summary>
    public required IReadOnlyDictionary<string, string?> GivenOptions { get; init; }

    /// <summary>
    /// Gets the options as they were used, in the same form: as given, or as chosen automatically. Null for an option that stays unset if
    /// it is left open, such as the patience of early stopping, or the megabytes of rows in memory, which the model does not depend on.
    /// </summary>
    public required IReadOnlyDictionary<string, string?> ChosenOptions { get; init; }

    /// <summary>Gets whether training continued from an existing model.</summary>
    public required bool ContinuesModel { get; init; }

    /// <summary>Gets the epoch, from 1, after which the network was that of the model.</summary>
    public required int KeptEpoch { get; init; }

    /// <summary>Gets the epoch, from 1, in which training was stopped or canceled; null if it was not.</summary>
    public required int? StoppedInEpoch { get; init; }

    /// <summary>
    /// Reads what the models in a saved pipeline were trained with, from a file. Only the entries with this information are read.
    /// </summary>
    /// <inheritdoc cref="LoadFromZip(Stream)"/>
    /// <param name="path">The file that <c>mlContext.Model.Save</c> wrote.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<SalTrainingInfo?> LoadFromZip(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return LoadFromZip(stream);
    }

    /// <summary>
    /// Reads what the models in a saved pipeline were trained with. Only the entries with this information are read.
    /// </summary>
    /// <param name="stream">The zip archive that <c>mlContext.Model.Save</c> wrote, seekable; it is left open.</param>
    /// <returns>
    /// One item per SAL model, in the order of the pipeline, including those in nested chains; null for a model that was saved by a version
    /// without this information.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// The stream is not a zip archive or has no SAL model, or an entry is damaged or of a newer version; the message names the entry.
    /// </exception>
    public static IReadOnlyList<SalTrainingInfo?> LoadFromZip(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return SalPipelineFile.ReadTrainingInfo(stream);
    }

    /// <summary>Writes the information as JSON, with a checksum. Leaves the stream open.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TrainingInfoFile.Write(this, stream);
    }

    /// <summary>Reads the output of <see cref="Save"/>, to the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The stream is truncated, altered, or of a newer version.</exception>
    public static SalTrainingInfo Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return TrainingInfoFile.Read(stream);
    }
}
