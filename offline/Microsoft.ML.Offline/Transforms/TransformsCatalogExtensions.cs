using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        new(catalog.GetEnvironment(), new InputOutputColumnPair(outputColumnName, inputColumnName));

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        new(catalog.GetEnvironment(), outputColumnName, inputColumnNames);

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.GetEnvironment(), columnNames, keep: false, keepHidden: false);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden) =>
        new(catalog.GetEnvironment(), columnNames, keep: true, keepHidden);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.GetEnvironment(), columnNames, keep: true, keepHidden: false);
}

public static class NormalizationCatalog
{
    private const long MaximumExampleCount = 1000000000;

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = MaximumExampleCount, bool fixZero = true) =>
        catalog.NormalizeMinMax([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = MaximumExampleCount, bool fixZero = true) =>
        new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new MinMaxStatistics(fixZero));

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false) =>
        catalog.NormalizeMeanVariance([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = MaximumExampleCount,
        bool fixZero = true,
        bool useCdf = false) =>
        useCdf ? throw Contracts.ExceptNotSupp("The offline stand-in of ML.NET has no normalisation by the distribution function (useCdf).")
            : new(catalog.GetEnvironment(), columns, maximumExampleCount, () => new MeanVarianceStatistics(fixZero));
}

public static class CategoricalCatalog
{
    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null) =>
        catalog.OneHotEncoding([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputKind, maximumNumberOfKeys, keyOrdinality, keyData);

    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), columns, outputKind, maximumNumberOfKeys, keyOrdinality, keyData);
}

public static class ConversionsExtensionsCatalog
{
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, DataKind outputKind = DataKind.Single) =>
        catalog.ConvertType([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputKind);

    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single) =>
        new(catalog.GetEnvironment(), columns, outputKind);

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null) =>
        catalog.MapKeyToValue([new InputOutputColumnPair(outputColumnName, inputColumnName)]);

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) =>
        new(catalog.GetEnvironment(), columns);

    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, bool outputCountVector = false) =>
        catalog.MapKeyToVector([new InputOutputColumnPair(outputColumnName, inputColumnName)], outputCountVector);

    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, bool outputCountVector = false) =>
        new(catalog.GetEnvironment(), outputCountVector, columns);

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        catalog.MapValueToKey([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), columns, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);
}
