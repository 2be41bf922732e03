using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Column types, schemas and annotations.</summary>
[TestClass]
public class SchemaTests
{
    [TestMethod]
    public void Types_say_what_they_are()
    {
        Assert.AreEqual("Single", NumberDataViewType.Single.ToString());
        Assert.AreEqual("String", TextDataViewType.Instance.ToString());
        Assert.AreEqual("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.AreEqual("Key<UInt32, 0-2>", new KeyDataViewType(typeof(uint), 3).ToString());
        Assert.AreEqual("Vector<Single, 3>", new VectorDataViewType(NumberDataViewType.Single, 3).ToString());
        Assert.AreEqual("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.AreEqual("Vector<Single, 2, 3>", new VectorDataViewType(NumberDataViewType.Single, 2, 3).ToString());
        Assert.AreEqual("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
    }

    [TestMethod]
    public void Types_are_equal_by_content()
    {
        Assert.AreEqual<DataViewType>(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(uint), 3ul));
        Assert.AreNotEqual<DataViewType>(new KeyDataViewType(typeof(uint), 3), new KeyDataViewType(typeof(byte), 3));
        Assert.AreEqual<DataViewType>(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.AreNotEqual<DataViewType>(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.AreEqual(6, new VectorDataViewType(NumberDataViewType.Single, 2, 3).Size);
        Assert.IsFalse(new VectorDataViewType(NumberDataViewType.Single, 2, 0).IsKnownSize);
    }

    [TestMethod]
    public void Impossible_types_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));
    }

    [TestMethod]
    public void The_last_of_several_columns_with_one_name_hides_the_others()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("A", TextDataViewType.Instance);
        DataViewSchema schema = builder.ToSchema();

        Assert.AreEqual(2, schema.Count);
        Assert.AreEqual(1, schema["A"].Index);
        Assert.IsTrue(schema[0].IsHidden);
        Assert.IsFalse(schema[1].IsHidden);
    }

    [TestMethod]
    public void A_column_that_is_not_there_is_named()
    {
        DataViewSchema schema = new DataViewSchema.Builder().ToSchema();

        Assert.IsNull(schema.GetColumnOrNull("Zed"));
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => schema["Zed"]).Message, "'Zed'");
    }

    [TestMethod]
    public void Annotations_hold_scalars_and_vectors()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("Flag", BooleanDataViewType.Instance, true);
        builder.Add<VBuffer<float>>("Numbers", new VectorDataViewType(NumberDataViewType.Single, 2), (ref VBuffer<float> value) => value = new VBuffer<float>(2, [3, 4]));
        DataViewSchema.Annotations annotations = builder.ToAnnotations();

        bool flag = false;
        annotations.GetValue("Flag", ref flag);
        VBuffer<float> numbers = default;
        annotations.GetValue("Numbers", ref numbers);

        Assert.IsTrue(flag);
        CollectionAssert.AreEqual(new float[] { 3, 4 }, numbers.DenseValues().ToArray());
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Other", ref flag));
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Numbers", ref flag));
        var part = new DataViewSchema.Annotations.Builder();
        part.Add(annotations, kind => kind == "Flag");
        Assert.AreEqual("Flag", part.ToAnnotations().Schema.Single().Name);
    }
}
