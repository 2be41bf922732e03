using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Base of trained models.</summary>
public abstract class ModelParametersBase<TOutput> : ICanSaveModel, IPredictorProducing<TOutput>
{
    private protected readonly IHost Host;

    private protected ModelParametersBase(IHostEnvironment env, string name)
    {
        Contracts.CheckValue(env, nameof(env));
        Host = env.Register(name);
    }

    private protected ModelParametersBase(IHostEnvironment env, string name, ModelLoadContext ctx)
        : this(env, name)
    {
        if (ctx.Reader.ReadInt32() != sizeof(float))
        {
            throw Host.ExceptDecode("The model was not written with Single numbers.");
        }
    }

    PredictionKind IPredictor.PredictionKind => PredictionKind;

    private protected abstract PredictionKind PredictionKind { get; }

    void ICanSaveModel.Save(ModelSaveContext ctx) => Save(ctx);

    private protected virtual void Save(ModelSaveContext ctx)
    {
        Contracts.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        SaveCore(ctx);
    }

    /// <summary>Writes what the loading constructor reads; a derived class calls it first.</summary>
    private protected virtual void SaveCore(ModelSaveContext ctx) => ctx.Writer.Write(sizeof(float));
}
