using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>VBuffer, dense and sparse, and its editor.</summary>
[TestClass]
public class VectorTests
{
    private static readonly VBuffer<float> _sparse = new(4, 2, [1, 2], [1, 3]);

    [TestMethod]
    public void A_sparse_vector_has_defaults_between_its_explicit_values()
    {
        Assert.IsFalse(_sparse.IsDense);
        CollectionAssert.AreEqual(new float[] { 0, 1, 0, 2 }, _sparse.DenseValues().ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 2 }, _sparse.GetValues().ToArray());
        CollectionAssert.AreEqual(new[] { 1, 3 }, _sparse.GetIndices().ToArray());
        Assert.AreEqual(2f, _sparse.GetItemOrDefault(3));
        Assert.AreEqual(0f, _sparse.GetItemOrDefault(2));
        CollectionAssert.AreEqual(new[] { 1, 3 }, _sparse.Items().Select(item => item.Key).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, _sparse.Items(all: true).Select(item => item.Key).ToArray());
    }

    [TestMethod]
    public void A_dense_vector_has_no_indices()
    {
        var dense = new VBuffer<float>(2, [7, 8]);

        Assert.IsTrue(dense.IsDense);
        Assert.AreEqual(0, dense.GetIndices().Length);
        CollectionAssert.AreEqual(new float[] { 7, 8 }, dense.DenseValues().ToArray());
    }

    [TestMethod]
    public void Copies_stay_sparse_unless_asked_otherwise()
    {
        VBuffer<float> copy = default;
        _sparse.CopyTo(ref copy);
        Assert.IsFalse(copy.IsDense);
        CollectionAssert.AreEqual(new float[] { 0, 1, 0, 2 }, copy.DenseValues().ToArray());

        _sparse.CopyTo(ref copy, 1, 2);
        CollectionAssert.AreEqual(new float[] { 1, 0 }, copy.DenseValues().ToArray());

        _sparse.CopyToDense(ref copy);
        Assert.IsTrue(copy.IsDense);

        var span = new float[6];
        _sparse.CopyTo(span, 1, -1);
        CollectionAssert.AreEqual(new float[] { 0, -1, 1, -1, 2, 0 }, span);
    }

    [TestMethod]
    public void An_editor_reuses_arrays_and_can_be_cut_short()
    {
        VBuffer<float> vector = default;
        VBufferEditor<float> editor = VBufferEditor.Create(ref vector, 5, 3);
        Assert.IsTrue(editor.CreatedNewValues);
        new float[] { 1, 2, 3 }.CopyTo(editor.Values);
        new[] { 0, 2, 4 }.CopyTo(editor.Indices);
        vector = editor.Commit();
        CollectionAssert.AreEqual(new float[] { 1, 0, 2, 0, 3 }, vector.DenseValues().ToArray());

        editor = VBufferEditor.Create(ref vector, 5, 3);
        Assert.IsFalse(editor.CreatedNewValues);
        vector = editor.CommitTruncated(2);
        CollectionAssert.AreEqual(new float[] { 1, 0, 2, 0, 0 }, vector.DenseValues().ToArray());

        editor = VBufferEditor.CreateFromBuffer(ref vector);
        Assert.AreEqual(2, editor.Values.Length);
        Assert.AreEqual(2, editor.Indices.Length);
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, 1, [1, 2], null));
        Assert.Throws<ArgumentOutOfRangeException>(() => _sparse.GetItemOrDefault(4));
    }
}
