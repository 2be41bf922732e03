using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Step;

namespace Sal.Core.Training;

/// <summary>
/// Chooses epochs, dropout, weight decay, steps and whether to use areas on held-out rows: what suits a few hundred noisy rows ruins
/// thousands of clean ones, and the other way round. The same rows tell how far the probabilities must be tempered (Guo et al., 2017). The
/// final model is then trained on all rows.
/// </summary>
/// <param name="train">Trains a model.</param>
/// <param name="observer">Receives the candidates.</param>
/// <param name="cancellationToken">Cancels the choice.</param>
internal sealed class HeldOutChoice(
    Func<SalTrainingOptions, TrainingInputs, SalModel> train, ISalTrainingObserver observer, CancellationToken cancellationToken)
{
    // From here on, each row is seen too rarely to be memorized, so that there is nothing to choose.
    private const int MaximumRows = AutomaticOptions.LargeRowCount - 1;
    private const int MinimumRows = 50;
    private const int RowsToCompareOn = 8_000; // and to train candidates on; more do not change the choice
    private const int CandidateHiddenUnits = 128; // a narrower network prefers the same candidate at a third of the cost
    private const double CleanDropoutRate = 0.1;
    private const int FewErrors = 32; // up to so many wrong rows, chance decides whether the next candidate looks better
    private const int StepsPerFeature = 16; // as a candidate beside none
    private const double LossShare = 0.05; // of the loss, added to the error to tell candidates of nearly the same error apart
    private const double LogarithmOfHottest = 1.1; // temperatures from 1/3 to 3
    private const int Temperatures = 45;

    /// <summary>Gets whether the options leave the choice open.</summary>
    public static bool IsOpen(SalTrainingOptions options, TrainingInputs inputs) =>
        options.SelectionFraction > 0
        && (options.NumberOfEpochs, options.DropoutRate, options.WeightDecay) is (null, null, null)
        && options is { Optimizer: OptimizerKind.AdamW, TimeBudgetSeconds: null }
        && inputs is { ValidationRows: null, Start: null }
        && inputs.Rows.RowCount is >= MinimumRows and <= MaximumRows;

    /// <summary>Trains one model per candidate on a part of the rows and compares them on the others.</summary>
    /// <param name="given">The options as they were given.</param>
    /// <param name="rows">All rows.</param>
    /// <returns>The options of the best candidate, and the temperature of its probabilities.</returns>
    public (SalTrainingOptions Options, double Temperature) Choose(SalTrainingOptions given, TrainingSet rows)
    {
        TrainingSet compared = Holdout.Split(rows, Math.Max(0, 1 - (double)RowsToCompareOn / rows.RowCount), given.RandomSeed).Training;
        (TrainingSet part, TrainingSet? held) = Holdout.Split(compared, given.SelectionFraction, given.RandomSeed);
        if (held is null || part.OnlyClass is not null)
        {
            return (AutomaticOptions.Choose(given, rows), 1);
        }

        FeatureMoments moments = FeatureMoments.Measure(part, cancellationToken);
        Candidate best = ChooseRegularization(given, rows, new TrainingInputs(part, Encoding: Encode(given)), held);
        if (given.StepsPerFeature is null && given.InputScaling == InputScaling.PerFeature)
        {
            SalTrainingOptions options = best.Options.Clone();
            options.StepsPerFeature = StepsPerFeature;
            var inputs = new TrainingInputs(part, Encoding: Encode(options));
            bool hasSteps = inputs.Encoding!.InputCount > best.Inputs.Encoding!.InputCount;
            best = hasSteps && Train(options, inputs, held) is var stepped && stepped.Score < best.Score ? stepped : best;
        }

        // Noisy rows have nothing that areas could tell apart.
        bool isClean = best.Options.DropoutRate == CleanDropoutRate;
        if (isClean && given.NumberOfAreas is null && AutomaticOptions.NumberOfAreas(rows) is > 1 and int areas)
        {
            SalTrainingOptions options = best.Options.Clone();
            options.NumberOfAreas = areas;
            Candidate split = Train(options, best.Inputs, held);
            best = split.IsClearlyBetterThan(best, held) ? split : best;
        }

        double temperature = Enumerable.Range(0, Temperatures)
            .Select(i => Math.Exp(LogarithmOfHottest * (2.0 * i / (Temperatures - 1) - 1)))
            .MinBy(temperature => Compare(best.Probabilities, held, temperature).Loss);
        return (best.Options, temperature);

        InputEncoding Encode(SalTrainingOptions options) => InputEncodingFit.Fit(part, moments, options.Input, cancellationToken);
    }

    // From noisy rows to clean ones, whose candidates train longer, for as long as that helps.
    private Candidate ChooseRegularization(SalTrainingOptions given, TrainingSet rows, TrainingInputs inputs, TrainingSet held)
    {
        SalTrainingOptions usual = AutomaticOptions.Choose(given, rows);
        (int epochs, double decay) = (usual.NumberOfEpochs!.Value, usual.WeightDecay!.Value);
        Candidate? best = null;
        foreach ((int number, double dropoutRate, double weightDecay) in
            ((int, double, double)[])[(Math.Max(1, epochs / 2), 0.5, 3), (epochs, 0.4, decay), (2 * epochs, CleanDropoutRate, decay)])
        {
            SalTrainingOptions options = given.Clone();
            (options.NumberOfEpochs, options.DropoutRate, options.WeightDecay) = (number, dropoutRate, weightDecay);
            options.NumberOfAreas ??= 1;
            Candidate candidate = Train(AutomaticOptions.Choose(options, rows), inputs, held);
            if (best is null || candidate.Score < best.Score)
            {
                best = candidate;
            }
            else if (candidate.Error * held.RowCount > FewErrors)
            {
                break;
            }
        }

        return best!;
    }

    private Candidate Train(SalTrainingOptions options, TrainingInputs inputs, TrainingSet held)
    {
        SalTrainingOptions narrow = options.Clone();
        narrow.HiddenUnits = Math.Min(narrow.HiddenUnits!.Value, CandidateHiddenUnits);
        SalModel model = train(narrow, inputs);
        var probabilities = new float[held.RowCount * held.ClassCount];
        for (int row = 0; row < held.RowCount; row++)
        {
            model.Predict(held.Features(row), probabilities.AsSpan(row * held.ClassCount, held.ClassCount), out _);
        }

        (double error, double loss) = Compare(probabilities, held, temperature: 1);
        observer.OnCandidate(new SalTrainingCandidate
        {
            NumberOfEpochs = options.NumberOfEpochs!.Value,
            DropoutRate = options.DropoutRate!.Value,
            WeightDecay = options.WeightDecay!.Value,
            StepsPerFeature = options.StepsPerFeature!.Value,
            NumberOfAreas = options.NumberOfAreas!.Value,
            RowCount = held.RowCount,
            Error = error,
            Loss = loss,
        });
        return new Candidate(options, inputs, error, error + LossShare * loss, probabilities);
    }

    // The share of wrong rows, and the mean of -ln p of the class, both weighted; p is raised to 1 / temperature and normalized.
    private static (double Error, double Loss) Compare(float[] probabilities, TrainingSet held, double temperature)
    {
        double wrong = 0, loss = 0, weight = 0;
        for (int row = 0; row < held.RowCount; row++)
        {
            ReadOnlySpan<float> ofRow = probabilities.AsSpan(row * held.ClassCount, held.ClassCount);
            double sum = 0;
            foreach (float probability in ofRow)
            {
                sum += Math.Exp(Logarithm(probability));
            }

            int label = held.Label(row);
            double rowWeight = held.Weight(row);
            weight += rowWeight;
            wrong += RowLoss.IsCorrect(ofRow, label) ? 0 : rowWeight;
            loss += rowWeight * (Math.Log(sum) - Logarithm(ofRow[label]));
        }

        return (wrong / weight, loss / weight);

        double Logarithm(float probability) => Math.Log(Math.Max(probability, RowLoss.SmallestProbability)) / temperature;
    }

    private sealed record Candidate(
        SalTrainingOptions Options, TrainingInputs Inputs, double Error, double Score, float[] Probabilities)
    {
        // Better by more than one standard error of the difference, which comes from the rows that one is right about and the other not.
        public bool IsClearlyBetterThan(Candidate other, TrainingSet held)
        {
            int won = 0, lost = 0;
            for (int row = 0; row < held.RowCount; row++)
            {
                bool isRight = IsRight(row, held), wasRight = other.IsRight(row, held);
                won += isRight && !wasRight ? 1 : 0;
                lost += wasRight && !isRight ? 1 : 0;
            }

            return won - lost > Math.Sqrt(won + lost);
        }

        private bool IsRight(int row, TrainingSet held) =>
            RowLoss.IsCorrect(Probabilities.AsSpan(row * held.ClassCount, held.ClassCount), held.Label(row));
    }
}
