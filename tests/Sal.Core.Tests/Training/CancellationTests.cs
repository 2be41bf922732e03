using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Tests.Data;
using Sal.Core.Training;
using Sal.Core.Training.Checkpoints;
using Sal.Core.Training.Routing;

namespace Sal.Core.Tests.Training;

/// <summary>The work between epochs observes the cancellation token, too, however long it would take.</summary>
[TestClass]
public class CancellationTests
{
    private readonly TrainingSet _rows = ShippedSet.Digits().Training(0);
    private readonly InputTransform _transform;
    private readonly TrainingLimits _canceled = new(timeBudgetSeconds: null, new CancellationToken(canceled: true));

    public CancellationTests() => _transform = InputStandardization.Fit(_rows, InputScaling.PerFeature, 4, CancellationToken.None);

    [TestMethod]
    public void Fitting_the_standardization_can_be_canceled() =>
        Assert.ThrowsExactly<OperationCanceledException>(
            () => InputStandardization.Fit(_rows, InputScaling.PerFeature, 4, new CancellationToken(canceled: true)));

    [TestMethod]
    public void Computing_a_fingerprint_can_be_canceled() =>
        Assert.ThrowsExactly<OperationCanceledException>(
            () => TrainingFingerprint.Compute(new SalTrainingOptions(), new TrainingInputs(_rows, null, null), _canceled));

    [TestMethod]
    [DataRow(RouterKind.KMeans)]
    [DataRow(RouterKind.BalancedKMeans)]
    public void Learning_a_router_can_be_canceled(RouterKind kind) => Assert.ThrowsExactly<OperationCanceledException>(
        () => RouterLearning.Learn(new SalTrainingOptions { Router = kind }, 4, _rows, _transform, _canceled));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Routing_and_validation_can_be_canceled(int threads)
    {
        using var team = new WorkerTeam(threads);
        using var source = new CancellationTokenSource();
        var limits = new TrainingLimits(timeBudgetSeconds: null, source.Token);
        Router router =
            RouterLearning.Learn(new SalTrainingOptions { Router = RouterKind.RandomHyperplanes }, 2, _rows, _transform, limits);
        var validation = new Validation(_rows, _transform, team, limits);
        validation.Route(router);
        SalNetwork network = NetworkInitialization.Create(
            new NetworkShape(_rows.FeatureCount, _rows.ClassCount, 16, 2, 2, RoutedLayers.All, ActivationKind.ReLU, Residual: false),
            new SalTrainingOptions { FeedbackDeviation = 0.1 },
            team);
        source.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => RowAreas.Route(_rows, router, _transform, team, limits));
        Assert.ThrowsExactly<OperationCanceledException>(() => validation.Evaluate(network));
    }
}
