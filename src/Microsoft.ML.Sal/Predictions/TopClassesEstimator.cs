using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Adds a column of the likeliest classes, with their names and probabilities, to scored rows. All other columns, <c>Score</c> among
/// them, stay.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this estimator, use `mlContext.Transforms.SelectTopClasses`.
///
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | known-size vector of `Single`: the `Score` of any multiclass trainer |
/// | Output column data type | `TopClasses` |
/// | Exportable to ONNX | No: name the other columns in `ConvertToOnnx` |
/// ]]></format>
/// </remarks>
public sealed class TopClassesEstimator : IEstimator<TopClassesTransformer>
{
    private readonly TopClassesTransformer _transformer;

    internal TopClassesEstimator(IHostEnvironment environment, TopClassesColumns columns) =>
        _transformer = new TopClassesTransformer(environment, columns);

    /// <summary>Creates the transformer. No row is read.</summary>
    /// <param name="input">The scored rows.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score column is missing or has the wrong type.</exception>
    public TopClassesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <summary>Gets the schema that the transformer will produce for rows with the given schema.</summary>
    /// <param name="inputSchema">The schema of the scored rows.</param>
    /// <returns>The schema with the column of the likeliest classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TopClassesColumns columns = _transformer.Columns;
        bool[] isScore =
        [
            .. inputSchema.Where(column => column.Name == columns.Input).Select(column =>
                column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType == NumberDataViewType.Single && !column.IsKey),
        ];
        columns.Check(isScore.Length == 0 ? null : isScore[0], inputSchema.Select(column => column.Name));
        var output = new SchemaShape.Column(
            columns.Output, SchemaShape.Column.VectorKind.Scalar, TopClassesDataViewType.Instance, isKey: false);
        return new SchemaShape([.. inputSchema.Where(column => column.Name != columns.Output), output]);
    }
}
