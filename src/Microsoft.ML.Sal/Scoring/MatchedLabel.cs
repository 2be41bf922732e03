using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Gives the label of rows to score the keys of the model. Evaluation compares the label's keys with the places of the scores, whatever the
/// names, so a label whose keys are in another order would silently give wrong metrics.
/// </summary>
internal sealed class MatchedLabel
{
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _trainingLabel;
    private readonly int _known; // the number of the model's classes
    private readonly int[] _unknown; // the label's classes that the model does not know; their keys follow the model's
    private readonly uint[] _keys; // the new key for each key of the label; 0 stays 0, a missing label

    private MatchedLabel(DataViewSchema.Column label, DataViewSchema.Column trainingLabel, int[] places, int known)
    {
        (_label, _trainingLabel, _known) = (label, trainingLabel, known);
        _unknown = [.. places.Index().Where(place => place.Item < 0).Select(place => place.Index)];
        int next = known;
        _keys = [0, .. places.Select(place => (uint)(place < 0 ? next++ : place) + 1)];
    }

    /// <summary>Gets the label column of the rows.</summary>
    public DataViewSchema.Column Column => _label;

    /// <summary>Gets the names of the classes that the model does not know.</summary>
    public IEnumerable<string> UnknownNames => LabelNames.Read(_label) is { } names ? _unknown.Select(index => names[index]) : [];

    /// <summary>Matches the label of rows to score, if they have one.</summary>
    /// <returns>The label; null where its keys are those of the model, or where one of the two has no names.</returns>
    public static MatchedLabel? Create(DataViewSchema.Column label, DataViewSchema.Column trainingLabel, ClassSet model) =>
        ClassMatching.Find(ClassSet.Of(label), model) is { } places && !ClassMatching.IsIdentity(places)
            ? new MatchedLabel(label, trainingLabel, places, model.Count)
            : null;

    /// <summary>Adds the column, with the model's classes as its key values, followed by those that the model does not know.</summary>
    public void AddTo(DataViewSchema.Builder schema)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(_label.Annotations, kind => kind != AnnotationUtils.Kinds.KeyValues);
        PrimitiveDataViewType type = ValueType(_label);
        if (type.Equals(ValueType(_trainingLabel)))
        {
            MethodInfo add = typeof(MatchedLabel).GetMethod(nameof(AddKeyValues), BindingFlags.NonPublic | BindingFlags.Instance)!;
            add.MakeGenericMethod(type.RawType).Invoke(this, [annotations, type]);
        }
        else
        {
            // Values of two types that read the same, such as the number 1 and the text "1".
            AddValues(annotations, TextDataViewType.Instance, Texts(_trainingLabel), Texts(_label));
        }

        schema.AddColumn(_label.Name, new KeyDataViewType(typeof(uint), _known + _unknown.Length), annotations.ToAnnotations());
    }

    /// <summary>Creates a getter of the model's key.</summary>
    public ValueGetter<uint> CreateGetter(DataViewRow input)
    {
        var labels = new LabelReader(input, input.Schema[_label.Index]);
        return (ref uint value) => value = _keys[labels.Read() + 1];
    }

    private static PrimitiveDataViewType ValueType(DataViewSchema.Column label) =>
        ((VectorDataViewType)label.Annotations.Schema[AnnotationUtils.Kinds.KeyValues].Type).ItemType;

    private static ReadOnlyMemory<char>[] Texts(DataViewSchema.Column label) =>
        [.. LabelNames.Read(label)!.Select(name => name.AsMemory())];

    private void AddKeyValues<T>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type)
    {
        VBuffer<T> known = default, own = default;
        _trainingLabel.GetKeyValues(ref known);
        _label.GetKeyValues(ref own);
        AddValues(annotations, type, [.. known.DenseValues()], [.. own.DenseValues()]);
    }

    private void AddValues<T>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type, T[] known, T[] own)
    {
        T[] values = [.. known, .. _unknown.Select(index => own[index])];
        annotations.Add<VBuffer<T>>(
            AnnotationUtils.Kinds.KeyValues,
            new VectorDataViewType(type, values.Length),
            (ref VBuffer<T> value) => value = new VBuffer<T>(values.Length, values));
    }
}
