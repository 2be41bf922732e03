using Sal.Core.Model;

namespace EdgeScorer;

/// <summary>Holds a model and the names of its classes: those of the pipeline, or else numbers from 0.</summary>
internal sealed record ModelFile(SalModel Model, IReadOnlyList<string> ClassNames)
{
    /// <summary>
    /// Loads a pipeline's zip or a bare model; if that fails, writes the reason to standard error and returns null.
    /// </summary>
    public static ModelFile? LoadOrExplain(FileInfo file)
    {
        try
        {
            using FileStream stream = file.OpenRead();
            IReadOnlyList<string>? classNames = null;
            SalModel model = IsZip(stream) ? SalModel.LoadFromZip(stream, out classNames) : SalModel.Load(stream);
            return new ModelFile(model, classNames ?? [.. Enumerable.Range(0, model.ClassCount).Select(index => $"{index}")]);
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            Console.Error.WriteLine($"'{file.FullName}' cannot be loaded as a model: {exception.Message}");
            return null;
        }
    }

    private static bool IsZip(FileStream stream)
    {
        bool isZip = stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
        stream.Position = 0;
        return isZip;
    }
}
