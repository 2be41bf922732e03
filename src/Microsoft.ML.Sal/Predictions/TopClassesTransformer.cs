using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Adds a column of the likeliest classes, with their names and probabilities, to scored rows. The names are those that the trainer kept
/// with the score column.
/// </summary>
/// <seealso cref="TopClassesEstimator"/>
public sealed class TopClassesTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "TopClassesTransformer";

    static TopClassesTransformer() => TopClassesDataViewType.Register();

    internal TopClassesTransformer(IHostEnvironment environment, TopClassesColumns columns)
        : base(environment.Register(LoaderSignature)) => Columns = columns;

    internal TopClassesColumns Columns { get; }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());
        ctx.SaveNonEmptyString(Columns.Output);
        ctx.SaveNonEmptyString(Columns.Input);
        ctx.Writer.Write(Columns.Count);
    }

    // Called by ML.NET, which finds it through TopClassesLoaderAttribute.
    private static TopClassesTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        string output = ctx.LoadNonEmptyString(), input = ctx.LoadNonEmptyString();
        int count = ctx.Reader.ReadInt32();
        return count > 0
            ? new TopClassesTransformer(env, new TopClassesColumns(output, input, count))
            : throw new InvalidDataException("The model file is damaged: the number of likeliest classes is not positive.");
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "TOPCLASS",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(TopClassesTransformer).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private sealed class Mapper : MapperBase, ISaveAsOnnx
    {
        private readonly TopClassesTransformer _transformer;
        private readonly DataViewSchema.Column _score;
        private readonly string[] _names;

        public Mapper(TopClassesTransformer transformer, DataViewSchema schema)
            : base(transformer.Host, schema, transformer)
        {
            _transformer = transformer;
            DataViewSchema.Column? score = schema.GetColumnOrNull(transformer.Columns.Input);
            var type = score?.Type as VectorDataViewType;
            transformer.Columns.Check(
                score is null ? null : type is { IsKnownSize: true } && type.ItemType == NumberDataViewType.Single,
                schema.Select(column => column.Name));
            _score = score!.Value;
            _names = LabelNames.ReadScored(_score) is { } names && names.Count == type!.Size
                ? [.. names]
                : [.. Enumerable.Range(0, type!.Size).Select(index => index.ToString(CultureInfo.InvariantCulture))];
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [new(_transformer.Columns.Output, TopClassesDataViewType.Instance)];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            ValueGetter<VBuffer<float>> getScore = input.GetGetter<VBuffer<float>>(input.Schema[_score.Index]);
            VBuffer<float> score = default;
            float[] scores = new float[_names.Length];
            return (ValueGetter<TopClasses>)((ref TopClasses value) =>
            {
                getScore(ref score);
                score.CopyTo(scores);
                value = Select(scores);
            });
        }

        private protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput) =>
            activeOutput(0) ? column => column == _score.Index : static _ => false;

        private protected override void SaveModel(ModelSaveContext ctx) => _transformer.SaveModel(ctx);

        // ONNX has no counterpart of the column. Saying that it can be exported lets the export go past it to the columns that it leaves
        // as they are; an export that asks for the column fails, as nothing computes it.
        bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

        void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
        {
        }

        // Classes of equal scores are in their order; NaN comes last.
        private TopClasses Select(float[] scores)
        {
            int count = Math.Min(_transformer.Columns.Count, scores.Length);
            Span<int> top = count <= 64 ? stackalloc int[count] : new int[count];
            int filled = 0;
            for (int index = 0; index < scores.Length; index++)
            {
                int place = filled;
                while (place > 0 && scores[index].CompareTo(scores[top[place - 1]]) > 0)
                {
                    place--;
                }

                if (place == count)
                {
                    continue;
                }

                filled = Math.Min(filled + 1, count);
                top[place..(filled - 1)].CopyTo(top[(place + 1)..]);
                top[place] = index;
            }

            var classes = new ClassProbability[count];
            for (int place = 0; place < count; place++)
            {
                classes[place] = new ClassProbability(_names[top[place]], scores[top[place]]);
            }

            return new TopClasses(classes);
        }
    }
}
