using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
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
    /// <exception cref="InvalidOperationException">
    /// The label is a key without values or has classes that the model does not know, or a row has another number of features.
    /// </exception>
    public static IReadOnlyList<SalAreaProfile> Compute(
        IChannel channel, SalMulticlassModelParameters model, IDataView data, string featureColumnName, string? labelColumnName)
    {
        DataViewSchema.Column features = FeatureVectors.FindColumn(data, featureColumnName, model.FeatureCount, nameof(featureColumnName));
        if (labelColumnName is null)
        {
            var unlabeled = new AreaProfiling(model.Model, classCount: 0);
            unlabeled.Read(data, features, null, []);
            return [.. unlabeled._areas.Select((area, i) => area.Profile(i, []))];
        }

        DataViewSchema.Column label = FindLabel(data, labelColumnName);
        ClassSet classes = ClassSet.Of(label), known = ClassSet.Of(model);
        int[] places = Match(channel, classes, known) ?? [.. Enumerable.Range(0, classes.Count)];
        IReadOnlyList<string> names = (classes.Names is null ? null : known.Names ?? classes.Names)
            ?? [.. Enumerable.Range(0, model.ClassCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var profiling = new AreaProfiling(model.Model, model.ClassCount);
        profiling.Read(data, features, label, places);
        return [.. profiling._areas.Select((area, i) => area.Profile(i, names))];
    }

    private static DataViewSchema.Column FindLabel(IDataView data, string labelColumnName)
    {
        DataViewSchema.Column label = data.Schema.GetColumnOrNull(labelColumnName) ?? throw new ArgumentOutOfRangeException(
            nameof(labelColumnName),
            labelColumnName,
            $"There is no label column '{labelColumnName}'. Set {nameof(labelColumnName)} to null for profiles without the classes.");
        return label.Type is KeyDataViewType
            ? label
            : throw new ArgumentOutOfRangeException(
                nameof(labelColumnName),
                label.Name,
                $"The label column '{label.Name}' is {label.Type}, but must be a key. "
                + $"Make one with MapValueToKey, or set {nameof(labelColumnName)} to null for profiles without the classes.");
    }

    // The place of each class of the label among those of the model; null where they cannot be compared.
    private static int[]? Match(IChannel channel, ClassSet classes, ClassSet known)
    {
        int[]? places = ClassMatching.Find(classes, known);
        if (places?.Contains(-1) ?? classes.Count != known.Count)
        {
            throw new InvalidOperationException(
                $"{ClassMatching.Difference(classes, known)} Map the label with the key values of the training rows, or set "
                + "labelColumnName to null for profiles without the classes.");
        }

        if ((classes.Names is null) != (known.Names is null))
        {
            channel.Warning(MessageSensitivity.Schema, ClassMatching.CannotCompare(classes, known));
        }

        return places;
    }

    // places: the place of each class of the label among those of the model.
    private void Read(IDataView data, DataViewSchema.Column features, DataViewSchema.Column? label, int[] places)
    {
        IEnumerable<DataViewSchema.Column> columns = label is null ? [features] : [features, label.Value];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        var rows = new FeatureReader(cursor, features, _model.FeatureCount);
        LabelReader? labels = label is null ? null : new LabelReader(cursor, label.Value);
        while (cursor.MoveNext())
        {
            FeatureVector values = rows.Read();
            int classIndex = labels?.Read() ?? -1;
            _areas[_model.GetArea(in values)].Add(in values, classIndex < 0 ? -1 : places[classIndex]);
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
