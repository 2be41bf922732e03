using System.Globalization;
using Microsoft.ML.Data;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Computes the profiles of all areas in one pass over the rows.</summary>
internal sealed class AreaProfiling
{
    private readonly SalModel _model;
    private readonly Area[] _areas;

    /// <param name="model">The model whose areas are described.</param>
    /// <param name="classCount">The number of classes of the label, or 0 if there is no label.</param>
    public AreaProfiling(SalModel model, int classCount)
    {
        _model = model;
        _areas = [.. Enumerable.Range(0, model.NumberOfAreas).Select(_ => new Area(model.FeatureCount, classCount))];
    }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The label is a key without values, or a row has another number of features.</exception>
    public static IReadOnlyList<SalAreaProfile> Compute(SalModel model, IDataView data, string featureColumnName, string? labelColumnName)
    {
        DataViewSchema.Column features = FeatureVectors.FindColumn(data, featureColumnName, model.FeatureCount, nameof(featureColumnName));
        DataViewSchema.Column? label = labelColumnName is null
            ? null
            : data.Schema.GetColumnOrNull(labelColumnName) ?? throw new ArgumentOutOfRangeException(
                nameof(labelColumnName),
                labelColumnName,
                $"There is no label column '{labelColumnName}'. Set {nameof(labelColumnName)} to null for profiles without the classes.");
        int classCount = label is null ? 0 : ClassCount(label.Value, nameof(labelColumnName));
        var profiling = new AreaProfiling(model, classCount);
        profiling.Read(data, features, label);
        IReadOnlyList<string> names = label is null
            ? []
            : LabelNames.Read(label.Value) ?? [.. Enumerable.Range(0, classCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return [.. profiling._areas.Select((area, i) => area.Profile(i, names))];
    }

    private static int ClassCount(DataViewSchema.Column label, string parameter) =>
        label.Type is KeyDataViewType
            ? LabelReader.CountClasses(label)
            : throw new ArgumentOutOfRangeException(
                parameter,
                label.Name,
                $"The label column '{label.Name}' is {label.Type}, but must be a key. "
                + $"Make one with MapValueToKey, or set {parameter} to null for profiles without the classes.");

    private void Read(IDataView data, DataViewSchema.Column features, DataViewSchema.Column? label)
    {
        IEnumerable<DataViewSchema.Column> columns = label is null ? [features] : [features, label.Value];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        var rows = new FeatureReader(cursor, features, _model.FeatureCount);
        LabelReader? labels = label is null ? null : new LabelReader(cursor, label.Value);
        while (cursor.MoveNext())
        {
            FeatureVector values = rows.Read();
            _areas[_model.GetArea(in values)].Add(in values, labels?.Read() ?? -1);
        }
    }

    private sealed class Area(int featureCount, int classCount)
    {
        private readonly double[] _sums = new double[featureCount];
        private readonly long[] _missing = new long[featureCount];
        private readonly long[] _classes = new long[classCount];
        private long _rows;

        /// <param name="features">The row's features.</param>
        /// <param name="classIndex">The row's class, from 0; negative if the label is missing or not profiled.</param>
        public void Add(in FeatureVector features, int classIndex)
        {
            _rows++;
            if (classIndex >= 0)
            {
                _classes[classIndex]++;
            }

            // Values that a sparse vector leaves out are zeros: they count in the mean but add nothing to the sum.
            ReadOnlySpan<float> values = features.Values;
            for (int i = 0; i < values.Length; i++)
            {
                int feature = features.IsDense ? i : features.Indices[i];
                if (float.IsFinite(values[i]))
                {
                    _sums[feature] += values[i];
                }
                else
                {
                    _missing[feature]++;
                }
            }
        }

        public SalAreaProfile Profile(int area, IReadOnlyList<string> names)
        {
            long labeled = Math.Max(1, _classes.Sum());
            return new SalAreaProfile(
                area,
                _rows,
                [.. _classes.Select((rows, i) => new SalClassShare(names[i], rows, (double)rows / labeled))],
                [.. _sums.Select((sum, i) => _rows > _missing[i] ? (float)(sum / (_rows - _missing[i])) : float.NaN)]);
        }
    }
}
