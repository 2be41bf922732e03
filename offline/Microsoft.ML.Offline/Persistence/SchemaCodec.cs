namespace Microsoft.ML.Data;

/// <summary>Schemas with their annotations as bytes.</summary>
internal static class SchemaCodec
{
    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        DataViewSchema.Column[] columns = [.. schema];
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            TypeCodec.Write(writer, column.Type);
            writer.Write(column.Annotations.Schema.Count);
            foreach (var annotation in column.Annotations.Schema)
            {
                writer.Write(annotation.Name);
                TypeCodec.Write(writer, annotation.Type);
                GetterTypes.Call(
                    typeof(SchemaCodec),
                    annotation.Type is VectorDataViewType ? nameof(WriteVector) : nameof(WriteScalar),
                    [annotation.Type.ItemType().RawType],
                    writer,
                    column.Annotations.GetGetterOf(annotation.Index));
            }
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var schema = new DataViewSchema.Builder();
        for (var columns = reader.ReadInt32(); columns > 0; columns--)
        {
            var name = reader.ReadString();
            var type = TypeCodec.Read(reader);
            var annotations = new DataViewSchema.Annotations.Builder();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var kind = reader.ReadString();
                var annotationType = TypeCodec.Read(reader);
                var getter = GetterTypes.Call(
                    typeof(SchemaCodec),
                    annotationType is VectorDataViewType ? nameof(ReadVector) : nameof(ReadScalar),
                    [annotationType.ItemType().RawType],
                    reader);
                annotations.Add(kind, annotationType, (Delegate)getter);
            }

            schema.AddColumn(name, type, annotations.ToAnnotations());
        }

        return schema.ToSchema();
    }

    private static void WriteScalar<T>(BinaryWriter writer, ValueGetter<T> getter)
    {
        T value = default;
        getter(ref value);
        TypeCodec.WriteValue(writer, value);
    }

    private static void WriteVector<T>(BinaryWriter writer, ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> vector = default;
        getter(ref vector);
        writer.Write(vector.Length);
        foreach (var value in vector.DenseValues())
        {
            TypeCodec.WriteValue(writer, value);
        }
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        var stored = (T)TypeCodec.ReadValue(reader, typeof(T));
        return (ref T value) => value = stored;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader)
    {
        var values = new T[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (T)TypeCodec.ReadValue(reader, typeof(T));
        }

        var stored = new VBuffer<T>(values.Length, values);
        return (ref VBuffer<T> value) => stored.CopyTo(ref value);
    }
}
