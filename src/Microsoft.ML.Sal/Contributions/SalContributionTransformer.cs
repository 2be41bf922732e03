using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Sal.Core.Model;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Adds to scored rows what each column contributed to the prediction. Holds a copy of the model that it explains, so that it can be saved
/// and loaded with any pipeline.
/// </summary>
/// <seealso cref="SalContributionEstimator"/>
public sealed class SalContributionTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "SalContributions";

    private const string ExplainerEntry = "SalExplainer";
    private const string GroupNamesEntry = "SalContributionNames";
    private const string ClassNamesEntry = "SalContributionClassNames";

    private readonly SalExplainer _explainer;
    private readonly ContributionColumns _columns;
    private readonly SlotGroups _groups;
    private readonly IReadOnlyList<string> _classNames;
    private readonly int? _otherClass;

    internal SalContributionTransformer(
        IHostEnvironment environment,
        SalExplainer explainer,
        ContributionColumns columns,
        SlotGroups groups,
        (IReadOnlyList<string> Names, int? Other) classes)
        : base(environment.Register(LoaderSignature))
    {
        (_explainer, _columns, _groups) = (explainer, columns, groups);
        (_classNames, _otherClass) = classes;
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    // Streams besides the header: the explainer with its model, the names of the contributions, and those of the classes.
    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());
        ctx.SaveNonEmptyString(_columns.Features);
        ctx.SaveNonEmptyString(_columns.Contributions);
        ctx.Writer.Write(_otherClass ?? -1);
        ctx.Writer.Write(_groups.GroupOfSlot.Length);
        foreach (int group in _groups.GroupOfSlot)
        {
            ctx.Writer.Write(group);
        }

        ctx.SaveBinaryStream(ExplainerEntry, writer => _explainer.Save(writer.BaseStream));
        ctx.SaveBinaryStream(GroupNamesEntry, writer => SalPipelineFile.SaveClassNames(_groups.Names, writer.BaseStream));
        ctx.SaveBinaryStream(ClassNamesEntry, writer => SalPipelineFile.SaveClassNames(_classNames, writer.BaseStream));
    }

    // Called by ML.NET, which finds it through ContributionLoaderAttribute.
    private static SalContributionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        var columns = new ContributionColumns(ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString());
        int otherClass = ctx.Reader.ReadInt32();
        SalExplainer? explainer = null;
        IReadOnlyList<string> groupNames = [], classNames = [];
        ctx.TryLoadBinaryStream(ExplainerEntry, reader => explainer = SalExplainer.Load(reader.BaseStream));
        ctx.TryLoadBinaryStream(GroupNamesEntry, reader => groupNames = SalPipelineFile.LoadClassNames(reader.BaseStream));
        ctx.TryLoadBinaryStream(ClassNamesEntry, reader => classNames = SalPipelineFile.LoadClassNames(reader.BaseStream));
        if (explainer is null
            || classNames.Count != explainer.Model.ClassCount || otherClass < -1 || otherClass >= classNames.Count
            || ctx.Reader.ReadInt32() != explainer.Model.FeatureCount)
        {
            throw Damaged();
        }

        int[] groupOfSlot = [.. Enumerable.Range(0, explainer.Model.FeatureCount).Select(_ => ctx.Reader.ReadInt32())];
        return groupOfSlot.All(group => group >= 0 && group < groupNames.Count)
            ? new SalContributionTransformer(
                env, explainer, columns, new SlotGroups(groupNames, groupOfSlot), (classNames, otherClass < 0 ? null : otherClass))
            : throw Damaged();
    }

    private static InvalidDataException Damaged() =>
        new("The contributions in the model file are damaged. Save the model again, or restore the file from a copy.");

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "SALCONTR",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(SalContributionTransformer).Assembly.FullName,
        loaderSignature: LoaderSignature);

    private sealed class Mapper : MapperBase, ISaveAsOnnx
    {
        private const int ContributionsIndex = 0;
        private const int OtherClassIndex = 1;
        private const int ColumnCount = 3;

        private readonly SalContributionTransformer _transformer;
        private readonly DataViewSchema.Column _features;
        private readonly ConditionalWeakTable<DataViewRow, ExplainedRow> _rows = []; // the columns of a row share its explanation

        public Mapper(SalContributionTransformer transformer, DataViewSchema schema)
            : base(transformer.Host, schema, transformer)
        {
            _transformer = transformer;
            _features = transformer._columns.FindFeatures(schema, transformer._explainer.Model.FeatureCount);
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore()
        {
            ContributionColumns columns = _transformer._columns;
            ReadOnlyMemory<char>[] names = [.. _transformer._groups.Names.Select(name => name.AsMemory())];
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add<VBuffer<ReadOnlyMemory<char>>>(
                AnnotationUtils.Kinds.SlotNames,
                new VectorDataViewType(TextDataViewType.Instance, names.Length),
                (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, names));
            return
            [
                new(columns.Contributions, new VectorDataViewType(NumberDataViewType.Single, names.Length), annotations.ToAnnotations()),
                new(columns.OtherClass, TextDataViewType.Instance),
                new(columns.Baseline, NumberDataViewType.Single),
            ];
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            ExplainedRow row = _rows.GetValue(input, other => new ExplainedRow(_transformer, other, other.Schema[_features.Index]));
            return iinfo switch
            {
                ContributionsIndex => (ValueGetter<VBuffer<float>>)row.GetContributions,
                OtherClassIndex => (ValueGetter<ReadOnlyMemory<char>>)row.GetOtherClass,
                _ => (ValueGetter<float>)row.GetBaseline,
            };
        }

        private protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput) =>
            Enumerable.Range(0, ColumnCount).Any(activeOutput)
                ? column => column == _features.Index
                : static _ => false;

        private protected override void SaveModel(ModelSaveContext ctx) => _transformer.SaveModel(ctx);

        // ONNX has no counterpart of the columns. Saying that they can be exported lets the export go past them to the columns that the
        // transform leaves as they are; an export that asks for them fails, as nothing computes them.
        bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

        void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
        {
        }
    }

    /// <summary>Explains the current row once, whichever of its columns are read, and in what order.</summary>
    private sealed class ExplainedRow(SalContributionTransformer transformer, DataViewRow input, DataViewSchema.Column column)
    {
        private readonly FeatureReader _features = new(input, column, transformer._explainer.Model.FeatureCount);
        private readonly float[] _contributions = new float[transformer._explainer.Model.FeatureCount];
        private readonly float[] _sums = new float[transformer._groups.Names.Count];
        private SalExplanation _explanation;
        private long? _position;

        public void GetContributions(ref VBuffer<float> value)
        {
            Update();
            transformer._groups.Add(_contributions, _sums);
            int nonzero = _sums.Length - _sums.AsSpan().Count(0f);
            if (nonzero > _sums.Length / 4)
            {
                VBufferEditor<float> dense = VBufferEditor.Create(ref value, _sums.Length);
                _sums.CopyTo(dense.Values);
                value = dense.Commit();
                return;
            }

            VBufferEditor<float> sparse = VBufferEditor.Create(ref value, _sums.Length, nonzero);
            for (int group = 0, place = 0; place < nonzero; group++)
            {
                if (_sums[group] != 0)
                {
                    (sparse.Indices[place], sparse.Values[place]) = (group, _sums[group]);
                    place++;
                }
            }

            value = sparse.Commit();
        }

        public void GetOtherClass(ref ReadOnlyMemory<char> value)
        {
            Update();
            value = transformer._classNames[_explanation.OtherClass].AsMemory();
        }

        public void GetBaseline(ref float value)
        {
            Update();
            value = _explanation.BaselineLogOdds;
        }

        private void Update()
        {
            if (_position != input.Position)
            {
                _explanation = transformer._explainer.Explain(_features.Read(), _contributions, transformer._otherClass);
                _position = input.Position;
            }
        }
    }
}
