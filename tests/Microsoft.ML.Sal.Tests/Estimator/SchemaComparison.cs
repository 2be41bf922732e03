namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>Compares schemas column by column: names, order, types, and annotations both ways.</summary>
internal static class SchemaComparison
{
    /// <summary>Compares two schemas, including the values of their annotations.</summary>
    public static void AreEqual(DataViewSchema expected, DataViewSchema actual)
    {
        Assert.HasCount(expected.Count, actual);
        foreach ((DataViewSchema.Column left, DataViewSchema.Column right) in expected.Zip(actual))
        {
            Assert.AreEqual(left.Name, right.Name);
            Assert.AreEqual(left.IsHidden, right.IsHidden, left.Name);
            Assert.AreEqual(left.Type, right.Type, left.Name);
            Assert.AreEqual(left.Index, right.Index, left.Name);
            Assert.AreEqual(expected[left.Name].Index, actual[left.Name].Index, left.Name);
            CollectionAssert.AreEqual(Annotations(left), Annotations(right), left.Name);
            Assert.IsNull(right.Annotations.Schema.GetColumnOrNull("NoSuchAnnotation"));
            ReadOnlyMemory<char> nothing = default;
            Assert.Throws<Exception>(() => right.Annotations.GetValue("NoSuchAnnotation", ref nothing));
        }
    }

    /// <summary>Compares a promised shape with the one that was delivered.</summary>
    public static void AreEqual(SchemaShape promised, SchemaShape delivered)
    {
        CollectionAssert.AreEqual(
            delivered.Select(Line).Order(StringComparer.Ordinal).ToArray(), promised.Select(Line).Order(StringComparer.Ordinal).ToArray());

        static string Line(SchemaShape.Column column)
        {
            string annotations = string.Join(", ", column.Annotations.Select(Line).Order(StringComparer.Ordinal));
            return $"{column.Name}: {column.Kind} of {(column.IsKey ? "key over " : "")}{column.ItemType} {{ {annotations} }}";
        }
    }

    private static string[] Annotations(DataViewSchema.Column column) =>
    [
        .. column.Annotations.Schema
            .Select(annotation => $"{annotation.Name}: {annotation.Type} {RowTextReader.ReadAnnotation(column.Annotations, annotation)}")
            .Order(StringComparer.Ordinal),
    ];
}
