namespace Microsoft.ML.Data;

/// <summary>Column types and their values as bytes.</summary>
internal static class TypeCodec
{
    private enum Kind : byte
    {
        Text,
        Boolean,
        Number,
        Key,
        Vector,
    }

    public static void Write(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case TextDataViewType:
                writer.Write((byte)Kind.Text);
                break;
            case BooleanDataViewType:
                writer.Write((byte)Kind.Boolean);
                break;
            case NumberDataViewType:
                writer.Write((byte)Kind.Number);
                writer.Write(type.RawType.Name);
                break;
            case KeyDataViewType key:
                writer.Write((byte)Kind.Key);
                writer.Write(key.RawType.Name);
                writer.Write(key.Count);
                break;
            case VectorDataViewType vector:
                writer.Write((byte)Kind.Vector);
                Write(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (var dimension in vector.Dimensions)
                {
                    writer.Write(dimension);
                }

                break;
            default:
                throw new NotSupportedException($"Columns of type {type} cannot be saved.");
        }
    }

    /// <summary>The length of what follows, which takes a byte or more for each element.</summary>
    public static int ReadCount(this BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new FormatException($"The model is damaged: it states {count} elements where fewer bytes are left.");
    }

    public static DataViewType Read(BinaryReader reader)
    {
        switch ((Kind)reader.ReadByte())
        {
            case Kind.Text:
                return TextDataViewType.Instance;
            case Kind.Boolean:
                return BooleanDataViewType.Instance;
            case Kind.Number:
                return Number(reader.ReadString());
            case Kind.Key:
                return new KeyDataViewType(Number(reader.ReadString()).RawType, reader.ReadUInt64());
            case Kind.Vector:
                if ((Kind)reader.PeekChar() == Kind.Vector)
                {
                    throw new FormatException("The model holds a vector of vectors.");
                }

                var item = (PrimitiveDataViewType)Read(reader);
                var dimensions = new int[reader.ReadCount()];
                for (var i = 0; i < dimensions.Length; i++)
                {
                    dimensions[i] = reader.ReadInt32();
                }

                return new VectorDataViewType(item, dimensions);
            default:
                throw new FormatException("The model holds an unknown column type.");
        }
    }

    public static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case ReadOnlyMemory<char> text: writer.Write(text.ToString()); break;
            case bool v: writer.Write(v); break;
            case sbyte v: writer.Write(v); break;
            case byte v: writer.Write(v); break;
            case short v: writer.Write(v); break;
            case ushort v: writer.Write(v); break;
            case int v: writer.Write(v); break;
            case uint v: writer.Write(v); break;
            case long v: writer.Write(v); break;
            case ulong v: writer.Write(v); break;
            case float v: writer.Write(v); break;
            case double v: writer.Write(v); break;
            default: throw new NotSupportedException($"Values of type {value?.GetType()} cannot be saved.");
        }
    }

    public static object ReadValue(BinaryReader reader, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => reader.ReadBoolean(),
        TypeCode.SByte => reader.ReadSByte(),
        TypeCode.Byte => reader.ReadByte(),
        TypeCode.Int16 => reader.ReadInt16(),
        TypeCode.UInt16 => reader.ReadUInt16(),
        TypeCode.Int32 => reader.ReadInt32(),
        TypeCode.UInt32 => reader.ReadUInt32(),
        TypeCode.Int64 => reader.ReadInt64(),
        TypeCode.UInt64 => reader.ReadUInt64(),
        TypeCode.Single => reader.ReadSingle(),
        TypeCode.Double => reader.ReadDouble(),
        _ => reader.ReadString().AsMemory(),
    };

    private static NumberDataViewType Number(string rawName) =>
        NumberDataViewType.All.FirstOrDefault(number => number.RawType.Name == rawName) ?? throw new FormatException($"The model holds an unknown number type '{rawName}'.");
}
