using System.Globalization;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>Finds options that were set but have no effect beside the others: whoever set them expects one.</summary>
/// <param name="options">The options as they were given.</param>
/// <param name="chosen">The same with open ones chosen.</param>
/// <param name="inputs">The inputs of the run.</param>
internal sealed class IneffectiveOptions(SalTrainingOptions options, SalTrainingOptions chosen, TrainingInputs inputs)
{
    private static readonly SalTrainingOptions _defaults = new();

    private readonly List<string> _found = [];
    private readonly int _areas = inputs.Start?.NumberOfAreas ?? options.NumberOfAreas ?? AutomaticOptions.NumberOfAreas(inputs.Rows);

    private bool IsContinued => inputs.Start is not null;

    // From a model, all epochs are of one phase.
    private int SharedEpochs => IsContinued ? 0 : chosen.SharedEpochs(_areas);

    private bool TrainsAreasApart => _areas > 1 && options.RoutedLayers == RoutedLayers.All;

    /// <summary>Describes the options that have no effect; null where all have.</summary>
    /// <param name="validationIsGiven">Whether validation rows were given, and not held out.</param>
    public string? Describe(bool validationIsGiven)
    {
        FindInLearning();
        FindInAreas();
        FindInValidation(validationIsGiven);
        FindInRunning();
        FindInContinuing();
        return _found.Count == 0 ? null : $"Options without effect: {string.Join("; ", _found)}.";
    }

    private void FindInLearning()
    {
        const string NoMomentum = $"only {nameof(OptimizerKind.SgdMomentum)} has it";
        Add(nameof(options.Momentum), o => o.Momentum, options.Optimizer != OptimizerKind.SgdMomentum, NoMomentum);
        const string NoLocalErrors = $"only the rule {nameof(LearningRule.Local)} uses it";
        Add(nameof(options.Feedback), o => o.Feedback, !options.UsesLocalErrors, NoLocalErrors);
        Add(nameof(options.FinalErrorShare), o => o.FinalErrorShare, !options.UsesLocalErrors, NoLocalErrors);
        const string NoFeedback = $"the rule {nameof(LearningRule.Backpropagation)} has no feedback";
        Add(nameof(options.FeedbackDeviation), o => o.FeedbackDeviation, !options.UsesFeedback, NoFeedback);
        const string NoChoice = $"{nameof(options.NumberOfEpochs)}, {nameof(options.DropoutRate)} and {nameof(options.WeightDecay)} are chosen "
            + "on held-out rows only where all three are left open, with AdamW, 50 to 29999 rows, and without validation rows, "
            + $"{nameof(options.TimeBudgetSeconds)} or a model to continue from";
        bool isChosen = options.SelectionFraction == 0 || HeldOutChoice.IsOpen(options, inputs);
        Add(nameof(options.SelectionFraction), o => o.SelectionFraction, !isChosen, NoChoice);
        bool isOneLayer = options.NumberOfLayers == 1;
        string noLaterLayer = "there is no layer after the first"
            + (options.LabelSmoothing is null && options.AlignsFeedback
                ? $" (it only makes the automatic {nameof(options.LabelSmoothing)} 0)"
                : "");
        Add(nameof(options.Residual), o => o.Residual, isOneLayer, noLaterLayer);
        const string OneError = "the error of the only layer is the final error";
        Add(nameof(options.FinalErrorShare), o => o.FinalErrorShare, isOneLayer && options.UsesLocalErrors, OneError);
        const string NoThresholds = $"only {nameof(options.InputScaling)} {nameof(InputScaling.PerFeature)} has thresholds";
        bool hasNone = options.InputScaling != InputScaling.PerFeature && !IsContinued;
        Add(nameof(options.ThresholdsPerFeature), o => o.ThresholdsPerFeature, hasNone, NoThresholds);
        Add(nameof(options.StepsPerFeature), o => o.StepsPerFeature, hasNone, NoThresholds);
        if (options.UnbalancedSets && WeightsStandForClasses())
        {
            _found.Add($"the example weights, as they are the same for all rows of a class, and {nameof(options.UnbalancedSets)} makes up "
                + "for the differences between classes");
        }
    }

    private void FindInAreas()
    {
        string oneArea = "there is one area" + (options.NumberOfAreas is not null ? ""
            : IsContinued ? " in the model that training continues from"
            : inputs.Rows.IsSparse ? $", as chosen for sparse rows; set {nameof(options.NumberOfAreas)}"
            : $", as chosen for {inputs.Rows.RowCount} rows; set {nameof(options.NumberOfAreas)}");
        bool isOneArea = _areas == 1;
        Add(nameof(options.Router), o => o.Router, isOneArea, oneArea);
        Add(nameof(options.RoutedLayers), o => o.RoutedLayers, isOneArea && !IsContinued, oneArea);
        Add(nameof(options.AreaBatchSize), o => o.AreaBatchSize, isOneArea, oneArea);
        string together = $"with {nameof(options.RoutedLayers)} {nameof(RoutedLayers.FirstOnly)} all areas train in mini-batches of "
            + nameof(options.BatchSize);
        Add(nameof(options.AreaBatchSize), o => o.AreaBatchSize, !isOneArea && !TrainsAreasApart, together);

        bool neverShares = SharedEpochs == 0 && !(options.NumberOfAreas is null && inputs.ValidationRows is not null && !IsContinued);
        const string OnlyApart = $"all epochs train areas, in mini-batches of {nameof(options.AreaBatchSize)}";
        Add(nameof(options.BatchSize), o => o.BatchSize, TrainsAreasApart && neverShares && options.AreaBatchSize is not null, OnlyApart);

        Add(
            nameof(options.SharedPhaseFraction), o => o.SharedPhaseFraction, isOneArea || IsContinued,
            isOneArea ? oneArea : "training continues from a model");
        string lessThanOne = string.Create(
            CultureInfo.InvariantCulture, $"{options.SharedPhaseFraction} of {chosen.NumberOfEpochs} epochs is less than one epoch");
        bool isLessThanOne = !isOneArea && !IsContinued && SharedEpochs == 0 && options.SharedPhaseFraction > 0;
        Add(nameof(options.SharedPhaseFraction), o => o.SharedPhaseFraction, isLessThanOne, lessThanOne);
        if (!IsContinued && options.NumberOfAreas > inputs.Rows.RowCount)
        {
            _found.Add($"{nameof(options.NumberOfAreas)} above {inputs.Rows.RowCount}, as there are no more rows to divide");
        }
    }

    private void FindInValidation(bool validationIsGiven)
    {
        string noPatience = $"{nameof(options.EarlyStoppingPatience)} is not set";
        Add(nameof(options.MinimumImprovement), o => o.MinimumImprovement, options.EarlyStoppingPatience is null, noPatience);
        Add(nameof(options.ValidationFraction), o => o.ValidationFraction, validationIsGiven, "validation rows were given");
        int longest = Math.Max(SharedEpochs, chosen.NumberOfEpochs!.Value - SharedEpochs);
        string tooPatient = $"no phase has more than {longest} epochs";
        Add(nameof(options.EarlyStoppingPatience), o => o.EarlyStoppingPatience, options.EarlyStoppingPatience >= longest, tooPatient);
    }

    private void FindInRunning()
    {
        string noPath = $"{nameof(options.CheckpointPath)} is not set";
        Add(nameof(options.CheckpointIntervalSeconds), o => o.CheckpointIntervalSeconds, options.CheckpointPath is null, noPath);
        const string TooLate = $"a run that {nameof(options.TimeBudgetSeconds)} ends is over before "
            + $"{nameof(options.CheckpointIntervalSeconds)} have passed";
        bool isTooLate = options.TimeBudgetSeconds <= options.CheckpointIntervalSeconds;
        Add(nameof(options.CheckpointPath), o => o.CheckpointPath, isTooLate && !options.Resume, TooLate);
    }

    private void FindInContinuing()
    {
        const string Kept = "the model that training continues from keeps its own";
        Add(nameof(options.Router), o => o.Router, IsContinued && _areas > 1, Kept);
        Add(nameof(options.InputScaling), o => o.InputScaling, IsContinued, Kept);
        Add(nameof(options.InputClip), o => o.InputClip, IsContinued, Kept);
        Add(nameof(options.ThresholdsPerFeature), o => o.ThresholdsPerFeature, IsContinued, Kept);
        Add(nameof(options.StepsPerFeature), o => o.StepsPerFeature, IsContinued, Kept);
        Add(nameof(options.FeedbackDeviation), o => o.FeedbackDeviation, IsContinued && options.UsesFeedback, Kept);
    }

    private void Add<T>(string name, Func<SalTrainingOptions, T> value, bool isWithoutEffect, string reason)
    {
        if (isWithoutEffect && !Equals(value(options), value(_defaults)))
        {
            _found.Add($"{name}, as {reason}");
        }
    }

    // Whether the weights differ, but not within a class.
    private bool WeightsStandForClasses()
    {
        TrainingSet rows = inputs.Rows;
        var weights = new float?[rows.ClassCount];
        for (int row = 0; row < rows.RowCount; row++)
        {
            float weight = rows.Weight(row);
            if ((weights[rows.Label(row)] ??= weight) != weight)
            {
                return false;
            }
        }

        return weights.OfType<float>().Distinct().Count() > 1;
    }
}
