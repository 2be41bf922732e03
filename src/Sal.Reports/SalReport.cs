using System.Text;
using Microsoft.ML.Data;
using Sal.Core.Files;
using Sal.Reports.Pages;
using Sal.Reports.Sections;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Writes the layout of a model, and how its training and evaluation went, as a page to read.</summary>
public static class SalReport
{
    /// <summary>
    /// Writes one self-contained HTML page: the figures, loss and accuracy by epoch, the rows of each area, the confusion matrix with class
    /// names, and the layout of the model. The page has no script and loads nothing; it follows the reader's light or dark color scheme.
    /// </summary>
    /// <param name="path">The file to write. It is replaced as a whole when the page is ready; a failure leaves it as it was.</param>
    /// <param name="model">The trained model. The curves show its <see cref="SalMulticlassModelParameters.History"/>.</param>
    /// <param name="metrics">
    /// The evaluation to show, or null for a page about training alone. Its classes must be those of the model, in whatever order. Where
    /// one of the two has no names, the page says that they could not be compared.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty, or the metrics are of other classes than the model's.</exception>
    /// <exception cref="IOException">The file cannot be written, for instance because its folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <example>
    /// <code><![CDATA[
    /// var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(testSet));
    /// SalReport.WriteHtml("report.html", trained.Model, metrics);
    /// ]]></code>
    /// </example>
    public static void WriteHtml(string path, SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(model);
        EvaluatedClasses? classes = metrics is null ? null : EvaluatedClasses.Match(metrics, model);
        byte[] page = Encoding.UTF8.GetBytes(ReportPage.Render(model, metrics, classes));
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
