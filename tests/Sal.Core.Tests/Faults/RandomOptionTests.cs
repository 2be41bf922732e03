using FsCheck;
using FsCheck.Fluent;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Faults;

/// <summary>Random options are refused by name, give a model that scores, or, if they are extreme, are reported to diverge.</summary>
[TestClass]
public class RandomOptionTests
{
    [TestMethod]
    public void Every_option_is_drawn() =>
        CollectionAssert.AreEquivalent(
            typeof(SalTrainingOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).ToArray(), OptionSet.Options.ToArray());

    [TestMethod]
    public void Random_options_either_train_or_are_refused_by_name()
    {
        int trained = 0, refused = 0, diverged = 0;
        Prop.ForAll(OptionSet.Arbitrary, set =>
        {
            SalTrainingOptions options = set.Create();
            TrainingSet rows = TinySets.Get(set.Rows);
            try
            {
                SalModel model = new SalTrainer(options).Train(rows).Model;
                Assert.IsFalse(set.Has(Extremity.Wrong), "A wrong option was accepted.");
                TrainedModel.AssertSound(model);
                options.NumberOfThreads = options.NumberOfThreads == 2 ? 1 : 2;
                if (trained++ % 4 == 0)
                {
                    CollectionAssert.AreEqual(TrainedModel.Save(model), TrainedModel.Save(new SalTrainer(options).Train(rows).Model),
                        "The model depends on the number of threads.");
                }
            }
            catch (ArgumentOutOfRangeException exception)
            {
                refused++;
                Assert.Contains(
                    exception.ParamName,
                    set.Settings.Where(setting => setting.Extremity == Extremity.Wrong).Select(setting => setting.Option));
                Assert.Contains(exception.ParamName!, exception.Message);
            }
            catch (InvalidOperationException exception)
                when (exception.Message.StartsWith(nameof(SalTrainingOptions.EarlyStoppingPatience), StringComparison.Ordinal))
            {
                refused++;
                Assert.IsNotNull(options.EarlyStoppingPatience);
            }
            catch (InvalidOperationException exception)
            {
                diverged++;
                Assert.IsTrue(set.Has(Extremity.Extreme), exception.Message);
                Assert.Contains(nameof(SalTrainingOptions.InputClip), exception.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(FaultCount.Of(usual: 400, share: 0.1)).WithReplay(new Replay(new Rnd(11), null)));

        Console.WriteLine($"{trained} trained, {refused} refused, {diverged} diverged.");
        Assert.IsGreaterThan(refused + diverged, trained);
        Assert.IsGreaterThan(0, refused);
        Assert.IsGreaterThan(0, diverged);
    }
}
