namespace Microsoft.ML.Data;

/// <summary>Lines of text as rows, read anew by every cursor.</summary>
internal sealed class TextView(IMultiStreamSource source, TextLoader.Options options, DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source, options, schema, ViewColumns.Checked(schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(IMultiStreamSource source, TextLoader.Options options, DataViewSchema schema, DataViewSchema.Column[] needed)
        : StreamCursor(schema, needed)
    {
        private readonly TextFields fields = new(options);
        private TextReader reader;
        private int nextFile;
        private long line;
        private long rows;

        protected override bool TryMoveNext()
        {
            if (rows >= options.MaxRows || NextRow() is not { } text)
            {
                return false;
            }

            rows++;
            fields.Split(text, NextLine);
            return true;
        }

        protected override Delegate MakeGetter(DataViewSchema.Column column) =>
            (Delegate)GetterTypes.Call(typeof(Cursor), nameof(Make), [column.Type.ItemType().RawType], this, column, options.Columns[column.Index].Fields);

        protected override void Dispose(bool disposing) => reader?.Dispose();

        private static Delegate Make<T>(Cursor cursor, DataViewSchema.Column column, int[] indices)
        {
            var parse = TextParser.For<T>(column.Type.ItemType(), cursor.Options);
            if (column.Type is not VectorDataViewType)
            {
                return (ValueGetter<T>)((ref T value) => cursor.Parse(parse, indices[0], column, out value));
            }

            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
            {
                var editor = VBufferEditor.Create(ref value, indices.Length);
                for (var i = 0; i < indices.Length; i++)
                {
                    cursor.Parse(parse, indices[i], column, out editor.Values[i]);
                }

                value = editor.Commit();
            });
        }

        private TextLoader.Options Options => options;

        private void Parse<T>(TextParser.TryParse<T> parse, int field, DataViewSchema.Column column, out T value)
        {
            if (!parse(fields[field], out value))
            {
                var cause = new InvalidOperationException($"Could not parse value {fields[field]} in line {line}, column {column.Name}");
                throw new FormatException($"Parsing failed with an exception: {cause.Message}", cause);
            }
        }

        private string NextRow()
        {
            while (true)
            {
                if (reader is null)
                {
                    if (nextFile == source.Count)
                    {
                        return null;
                    }

                    reader = source.OpenTextReader(nextFile++);
                    line = 0;
                    var first = FirstRow();
                    if (first is not null)
                    {
                        return first;
                    }
                }
                else if (NextLine() is { } text)
                {
                    if (text.Length > 0 && !IsComment(text))
                    {
                        return text;
                    }

                    continue;
                }

                reader.Dispose();
                reader = null;
            }
        }

        /// <summary>Skips the top of a file: empty lines, comments, lines with # in front, and the header.</summary>
        private string FirstRow()
        {
            var headerLeft = options.HasHeader;
            while (NextLine() is { } text)
            {
                if (text.Length == 0 || text.StartsWith('#') || IsComment(text))
                {
                    continue;
                }

                if (!headerLeft)
                {
                    return text;
                }

                headerLeft = false;
            }

            return null;
        }

        private static bool IsComment(string text) => text.StartsWith("//", StringComparison.Ordinal);

        private string NextLine()
        {
            line++;
            return reader.ReadLine();
        }
    }
}
