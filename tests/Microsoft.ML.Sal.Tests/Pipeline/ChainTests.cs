using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Chains of estimators and transformers.</summary>
[TestClass]
public class ChainTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    public ChainTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>([new() { A = 1, B = 10 }, new() { A = 2, B = 20 }, new() { A = 4, B = 40 }]);

    [TestMethod]
    public void Steps_are_fitted_one_after_the_other()
    {
        var chain = _mlContext.Transforms.Concatenate("Features", "A", "B").Append(_mlContext.Transforms.NormalizeMinMax("Features")).Append(_mlContext.Transforms.CopyColumns("Copy", "Features"));

        var fitted = chain.Fit(_data);

        CollectionAssert.AreEqual(new[] { 0.25f, 0.25f }, fitted.Transform(_data).GetColumn<float[]>("Copy").First());
        Assert.AreEqual(3, fitted.Count());
        Assert.AreSame(fitted.Last(), fitted.LastTransformer);
        CollectionAssert.AreEqual(
            new[] { "A", "B", "Features", "Features", "Copy" }, fitted.GetOutputSchema(_data.Schema).Select(column => column.Name).ToArray());
        Assert.IsTrue(((ITransformer)fitted).IsRowToRowMapper);
    }

    [TestMethod]
    public void A_fitted_chain_transforms_other_data()
    {
        ITransformer fitted = _mlContext.Transforms.Concatenate("Features", "A", "B").Append(_mlContext.Transforms.NormalizeMinMax("Features")).Fit(_data);
        IDataView other = _mlContext.Data.LoadFromEnumerable<Row>([new() { A = 8, B = -40 }]);

        CollectionAssert.AreEqual(new float[] { 2, -1 }, fitted.Transform(other).GetColumn<float[]>("Features").Single());
    }

    [TestMethod]
    public void Chains_can_be_parts_of_chains()
    {
        var inner = _mlContext.Transforms.CopyColumns("C", "A").Append(_mlContext.Transforms.NormalizeMinMax("C"));
        var chain = inner.Append(_mlContext.Transforms.Concatenate("Features", "C", "B")).Append(inner);

        CollectionAssert.AreEqual(new[] { 0.25f, 10 }, chain.Fit(_data).Transform(_data).GetColumn<float[]>("Features").First());
    }

    [TestMethod]
    public void The_whole_chain_is_checked_before_the_first_fit()
    {
        bool fitted = false;
        var chain = _mlContext.Transforms.NormalizeMinMax("A").WithOnFitDelegate(_ => fitted = true).Append(_mlContext.Transforms.CopyColumns("C", "Zed"));

        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_data)).Message, "'Zed'");
        Assert.IsFalse(fitted);
    }

    [TestMethod]
    public void A_fitted_step_can_be_looked_at_from_within()
    {
        ITransformer? seen = null;
        var chain = _mlContext.Transforms.NormalizeMinMax("A").WithOnFitDelegate(step => seen = step).Append(_mlContext.Transforms.CopyColumns("C", "A"));

        var fitted = chain.Fit(_data);

        Assert.AreSame(fitted.First(), seen);
    }

    [TestMethod]
    public void A_cache_checkpoint_spares_reading_anew()
    {
        int made = 0;
        IDataView lazy = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i =>
        {
            made++;
            return new Row { A = i };
        }));
        var start = _mlContext.Transforms.CopyColumns("C", "A");

        start.AppendCacheCheckpoint(_mlContext).Append(_mlContext.Transforms.NormalizeMinMax("C")).Append(_mlContext.Transforms.NormalizeMeanVariance("C")).Fit(lazy);
        Assert.AreEqual(5, made);

        made = 0;
        start.Append(_mlContext.Transforms.NormalizeMinMax("C")).Append(_mlContext.Transforms.NormalizeMeanVariance("C")).Fit(lazy);
        Assert.AreEqual(10, made);
    }

    [TestMethod]
    public void Steps_of_a_narrower_scope_take_part_there_only()
    {
        var chain = _mlContext.Transforms.CopyColumns("C", "A")
            .Append(_mlContext.Transforms.CopyColumns("D", "A"), TransformerScope.Training)
            .Append(_mlContext.Transforms.CopyColumns("E", "A"));

        var fitted = chain.Fit(_data);

        CollectionAssert.AreEqual(new[] { "A", "B", "C", "E" }, fitted.Transform(_data).Schema.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { "A", "B", "C", "D", "E" }, fitted.Transform(_data, TransformerScope.Training).Schema.Select(column => column.Name).ToArray());
        Assert.AreEqual(2, fitted.GetModelFor(TransformerScope.Scoring).Count());
    }

    [TestMethod]
    public void Transformers_can_be_chained_too()
    {
        ITransformer first = _mlContext.Transforms.CopyColumns("C", "A").Fit(_data);

        var chain = first.Append(_mlContext.Transforms.NormalizeMinMax("C").Fit(first.Transform(_data)));

        CollectionAssert.AreEqual(new[] { 0.25f, 0.5f, 1 }, chain.Transform(_data).GetColumn<float>("C").ToArray());
    }

    [TestMethod]
    public void An_estimator_of_ones_own_fits_in()
    {
        var chain = new Doubling(_mlContext).Append(_mlContext.Transforms.CopyColumns("Copy", "Doubled"));

        CollectionAssert.AreEqual(new float[] { 2, 4, 8 }, chain.Fit(_data).Transform(_data).GetColumn<float>("Copy").ToArray());
    }

    /// <summary>An estimator made of the public interfaces alone: A once more, doubled, by way of a normaliser.</summary>
    private sealed class Doubling(MLContext mlContext) : IEstimator<ITransformer>
    {
        private readonly IEstimator<ITransformer> _steps = mlContext.Transforms.NormalizeMinMax("Doubled", "A");

        public ITransformer Fit(IDataView input) => _steps.Fit(mlContext.Data.LoadFromEnumerable<Row>([new() { A = 0.5f }, new() { A = 0 }]));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _steps.GetOutputSchema(inputSchema);
    }

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }
    }
}
