namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        /// <summary>Whether a field may stand in quotes, to hold separators and (doubled) quotes.</summary>
        public bool AllowQuoting;

        /// <summary>Not in the offline stand-in.</summary>
        public bool AllowSparse;

        /// <summary>The number of fields of a line; of no effect here.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];

        public char DecimalMarker = '.';

        public Column[] Columns;

        /// <summary>Whether white space behind unquoted text is dropped, as that before it always is.</summary>
        public bool TrimWhitespace;

        /// <summary>Whether every file's first line is skipped.</summary>
        public bool HasHeader;

        /// <summary>Of no effect here.</summary>
        public bool UseThreads = true;

        /// <summary>Whether quoted fields may hold line ends.</summary>
        public bool ReadMultilines;

        public string HeaderFile;

        public long? MaxRows;

        public char EscapeChar = '"';

        /// <summary>Whether empty fields of real numbers are NaN, not 0.</summary>
        public bool MissingRealsAsNaNs;
    }

    /// <summary>A column and the fields it is made of: one for a scalar, several for a vector.</summary>
    public sealed class Column
    {
        public Column()
        {
        }

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        public string Name;

        public Range[] Source;

        public KeyCount KeyCount;

        public DataKind DataKind { get; set; } = DataKind.Single;

        internal int[] Fields => [.. Source.SelectMany(range => Enumerable.Range(range.Min, (range.Max
            ?? throw new ArgumentOutOfRangeException(nameof(Source), "Can't determine the number of source columns without valid data")) - range.Min + 1))];

        internal DataViewType ToType()
        {
            var item = DataKind.ToType();
            if (KeyCount is not null)
            {
                item = new KeyDataViewType(item.RawType, KeyCount.Count ?? int.MaxValue);
            }

            var fields = Fields.Length;
            return fields > 1 || Source.Any(range => range.ForceVector) ? new VectorDataViewType(item, fields) : item;
        }
    }

    /// <summary>Fields from Min to Max, both included.</summary>
    public sealed class Range
    {
        public Range()
        {
        }

        public Range(int index)
            : this(index, index)
        {
        }

        public Range(int min, int? max)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(min);
            ArgumentOutOfRangeException.ThrowIfLessThan(max ?? min, min, nameof(max));
            Min = min;
            Max = max;
        }

        public int Min;

        public int? Max;

        public bool AutoEnd;

        public bool VariableEnd;

        public bool AllOther;

        public bool ForceVector;
    }
}
