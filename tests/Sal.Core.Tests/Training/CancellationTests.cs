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
    private readonly InputEncoding _encoding;
    private readonly TrainingLimits _canceled = new(timeBudgetSeconds: null, new CancellationToken(canceled: true));

    public CancellationTests() => _encoding = Encodings.Fit(_rows);

    [TestMethod]
    public void Fitting_the_encoding_can_be_canceled()
    {
        var canceled = new CancellationToken(canceled: true);
        FeatureMoments moments = FeatureMoments.Measure(_rows, CancellationToken.None);
        Assert.ThrowsExactly<OperationCanceledException>(() => FeatureMoments.Measure(_rows, canceled));
        Assert.ThrowsExactly<OperationCanceledException>(() => FeatureSample.Draw(_rows, 10, 1, canceled));
        Assert.ThrowsExactly<OperationCanceledException>(() => InputEncodingFit.Fit(_rows, moments, Encodings.Options, canceled));
    }

    [TestMethod]
    public void Computing_a_fingerprint_can_be_canceled() =>
        Assert.ThrowsExactly<OperationCanceledException>(
            () => TrainingFingerprint.Compute(new SalTrainingOptions(), new TrainingInputs(_rows, null, null), _canceled));

    [TestMethod]
    [DataRow(RouterKind.KMeans)]
    [DataRow(RouterKind.BalancedKMeans)]
    public void Learning_a_router_can_be_canceled(RouterKind kind) => Assert.ThrowsExactly<OperationCanceledException>(
        () => RouterLearning.Learn(new SalTrainingOptions { Router = kind }, 4, _rows, _encoding, _canceled));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Routing_and_validation_can_be_canceled(int threads)
    {
        using var team = new WorkerTeam(threads);
        using var source = new CancellationTokenSource();
        var limits = new TrainingLimits(timeBudgetSeconds: null, source.Token);
        Router router =
            RouterLearning.Learn(new SalTrainingOptions { Router = RouterKind.RandomHyperplanes }, 2, _rows, _encoding, limits);
        var validation = new Validation(_rows, _encoding, team, limits);
        validation.Route(router);
        SalNetwork network = NetworkInitialization.Create(
            new NetworkShape(_rows.FeatureCount, _rows.ClassCount, 16, 2, 2, RoutedLayers.All, ActivationKind.ReLU, Residual: false),
            new SalTrainingOptions { FeedbackDeviation = 0.1 },
            team);
        source.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => RowAreas.Route(_rows, router, _encoding, team, limits));
        Assert.ThrowsExactly<OperationCanceledException>(() => validation.Evaluate(network));
    }
}
