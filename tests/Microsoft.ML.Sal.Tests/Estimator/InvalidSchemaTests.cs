using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>Unsuitable schemas are refused before any row is read, with the exceptions that ML.NET uses for them.</summary>
[TestClass]
public class InvalidSchemaTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private int _rowsRead;

    public static IEnumerable<(string, DataViewType Features, DataViewType Label, DataViewType Weight)> Schemas
    {
        get
        {
            var features = new VectorDataViewType(NumberDataViewType.Single, 3);
            var label = new KeyDataViewType(typeof(uint), 3);
            NumberDataViewType weight = NumberDataViewType.Single;
            yield return ("features of unknown size", new VectorDataViewType(NumberDataViewType.Single), label, weight);
            yield return ("features of Double", new VectorDataViewType(NumberDataViewType.Double, 3), label, weight);
            yield return ("features of text", new VectorDataViewType(TextDataViewType.Instance, 3), label, weight);
            yield return ("features of keys", new VectorDataViewType(label, 3), label, weight);
            yield return ("one feature", NumberDataViewType.Single, label, weight);
            yield return ("label of numbers", features, NumberDataViewType.Single, weight);
            yield return ("label of UInt32 without key", features, NumberDataViewType.UInt32, weight);
            yield return ("label of text", features, TextDataViewType.Instance, weight);
            yield return ("label of Boolean", features, BooleanDataViewType.Instance, weight);
            yield return ("label of keys in a vector", features, new VectorDataViewType(label, 2), weight);
            yield return ("weight of Double", features, label, NumberDataViewType.Double);
            yield return ("weight of keys", features, label, label);
            yield return ("weight of a vector", features, label, features);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void An_unsuitable_schema_is_refused_by_estimator_and_pipeline(
        string what, DataViewType features, DataViewType label, DataViewType weight)
    {
        IDataView data = View(features, label, weight);
        IEstimator<ITransformer> trainer = _mlContext.SmallSal(options => options.ExampleWeightColumnName = "Weight");
        var pipeline = _mlContext.Transforms.CopyColumns("Copy", "Label").Append(trainer);

        foreach (IEstimator<ITransformer> estimator in new[] { trainer, pipeline })
        {
            EstimatorCheck.Refuses(() => estimator.GetOutputSchema(EstimatorCheck.Shape(data.Schema)));
            EstimatorCheck.Refuses(() => estimator.Fit(data));
        }

        Assert.AreEqual(0, _rowsRead, what);
    }

    [TestMethod]
    [DataRow("Label")]
    [DataRow("Features")]
    [DataRow("Weight")]
    public void A_missing_column_is_refused(string column)
    {
        IDataView data = _mlContext.Transforms.DropColumns(column).Fit(Good()).Transform(Good());
        IEstimator<ITransformer> trainer = _mlContext.SmallSal(options => options.ExampleWeightColumnName = "Weight");

        EstimatorCheck.Refuses(() => trainer.GetOutputSchema(EstimatorCheck.Shape(data.Schema)));
        EstimatorCheck.Refuses(() => trainer.Fit(data));
        Assert.AreEqual(0, _rowsRead);
    }

    [TestMethod]
    public void A_label_with_one_key_is_refused()
    {
        IDataView data =
            View(new VectorDataViewType(NumberDataViewType.Single, 3), new KeyDataViewType(typeof(uint), 1), NumberDataViewType.Single);
        EstimatorCheck.Refuses(() => _mlContext.SmallSal().Fit(data));
    }

    [TestMethod]
    public void Unsuitable_validation_sets_are_refused()
    {
        IDataView wrong = View(NumberDataViewType.Single, new KeyDataViewType(typeof(uint), 3), NumberDataViewType.Single);
        EstimatorCheck.Refuses(() => _mlContext.SmallSal().Fit(Blobs.View(_mlContext), wrong));
        EstimatorCheck.Refuses(() => _mlContext.SmallSal(options => options.ValidationSet = wrong).Fit(Blobs.View(_mlContext)));
        Assert.AreEqual(0, _rowsRead);
    }

    [TestMethod]
    public void The_transformer_refuses_unsuitable_schemas_too()
    {
        ITransformer model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, 30));
        var label = new KeyDataViewType(typeof(uint), 3);
        NumberDataViewType weight = NumberDataViewType.Single;
        IDataView[] wrong =
        [
            _mlContext.Transforms.DropColumns("Features").Fit(Good()).Transform(Good()),
            View(new VectorDataViewType(NumberDataViewType.Single, 4), label, weight),
            View(new VectorDataViewType(NumberDataViewType.Single), label, weight),
            View(new VectorDataViewType(NumberDataViewType.Double, 3), label, weight),
            View(NumberDataViewType.Single, label, weight),
        ];
        foreach (ITransformer each in new[] { model, EstimatorCheck.SaveAndLoad(_mlContext, model, Blobs.View(_mlContext, 30).Schema) })
        {
            foreach (IDataView view in wrong)
            {
                EstimatorCheck.Refuses(() => each.GetOutputSchema(view.Schema));
                EstimatorCheck.Refuses(() => each.Transform(view));
                EstimatorCheck.Refuses(() => each.GetRowToRowMapper(view.Schema));
            }
        }

        Assert.AreEqual(0, _rowsRead);
    }

    private IDataView Good() =>
        View(new VectorDataViewType(NumberDataViewType.Single, 3), new KeyDataViewType(typeof(uint), 3), NumberDataViewType.Single);

    // Columns of these types, and one row that is counted when it is read.
    private IDataView View(DataViewType features, DataViewType label, DataViewType weight) =>
        (IDataView)typeof(InvalidSchemaTests).GetMethod(nameof(ViewOf), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(MemberType(features), MemberType(label), MemberType(weight)).Invoke(this, [features, label, weight])!;

    private IDataView ViewOf<TFeatures, TLabel, TWeight>(DataViewType features, DataViewType label, DataViewType weight)
    {
        var schema = SchemaDefinition.Create(typeof(AnyRow<TFeatures, TLabel, TWeight>));
        (schema["Features"].ColumnType, schema["Label"].ColumnType, schema["Weight"].ColumnType) = (features, label, weight);
        return _mlContext.Data.LoadFromEnumerable(Rows(), schema);

        IEnumerable<AnyRow<TFeatures, TLabel, TWeight>> Rows()
        {
            _rowsRead++;
            yield return new AnyRow<TFeatures, TLabel, TWeight>();
        }
    }

    private static Type MemberType(DataViewType type) => type switch
    {
        VectorDataViewType vector => MemberType(vector.ItemType).MakeArrayType(),
        TextDataViewType => typeof(string),
        _ => type.RawType,
    };

    private sealed class AnyRow<TFeatures, TLabel, TWeight>
    {
        public TFeatures Features { get; set; } = default!;

        public TLabel Label { get; set; } = default!;

        public TWeight Weight { get; set; } = default!;
    }
}
