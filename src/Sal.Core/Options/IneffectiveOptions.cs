namespace Sal.Core.Training;

/// <summary>Finds options that were set but have no effect beside the others: whoever set them expects one.</summary>
internal static class IneffectiveOptions
{
    private static readonly SalTrainingOptions _defaults = new();

    /// <summary>Describes the options that have no effect; null where all have.</summary>
    /// <param name="options">The options as they were given.</param>
    /// <param name="hasValidationRows">Whether validation rows were given.</param>
    /// <param name="hasStart">Whether training continues from a model.</param>
    public static string? Describe(SalTrainingOptions options, bool hasValidationRows, bool hasStart)
    {
        List<string> found = [];
        const string NoMomentum = $"only {nameof(OptimizerKind.SgdMomentum)} has it";
        Add(nameof(options.Momentum), o => o.Momentum, options.Optimizer != OptimizerKind.SgdMomentum, NoMomentum);
        const string NoLocalErrors = $"only the rule {nameof(LearningRule.Local)} uses it";
        Add(nameof(options.Feedback), o => o.Feedback, !options.UsesLocalErrors, NoLocalErrors);
        Add(nameof(options.FinalErrorShare), o => o.FinalErrorShare, !options.UsesLocalErrors, NoLocalErrors);
        const string NoFeedback = $"the rule {nameof(LearningRule.Backpropagation)} has no feedback";
        Add(nameof(options.FeedbackDeviation), o => o.FeedbackDeviation, !options.UsesFeedback, NoFeedback);
        Add(nameof(options.Residual), o => o.Residual, options.NumberOfLayers == 1, "there is no layer after the first");
        string noPatience = $"{nameof(options.EarlyStoppingPatience)} is not set";
        Add(nameof(options.MinimumImprovement), o => o.MinimumImprovement, options.EarlyStoppingPatience is null, noPatience);
        string noPath = $"{nameof(options.CheckpointPath)} is not set";
        Add(nameof(options.CheckpointIntervalSeconds), o => o.CheckpointIntervalSeconds, options.CheckpointPath is null, noPath);
        Add(nameof(options.ValidationFraction), o => o.ValidationFraction, hasValidationRows, "validation rows were given");

        const string OneArea = "there is one area";
        bool isOneArea = options.NumberOfAreas == 1;
        Add(nameof(options.Router), o => o.Router, isOneArea, OneArea);
        Add(nameof(options.RoutedLayers), o => o.RoutedLayers, isOneArea, OneArea);
        Add(nameof(options.AreaBatchSize), o => o.AreaBatchSize, isOneArea, OneArea);
        string noSharedPhase = isOneArea ? OneArea : "training continues from a model";
        Add(nameof(options.SharedPhaseFraction), o => o.SharedPhaseFraction, isOneArea || hasStart, noSharedPhase);

        const string Kept = "the model that training continues from keeps its own";
        Add(nameof(options.Router), o => o.Router, hasStart && !isOneArea, Kept);
        Add(nameof(options.InputScaling), o => o.InputScaling, hasStart, Kept);
        Add(nameof(options.InputClip), o => o.InputClip, hasStart, Kept);
        Add(nameof(options.FeedbackDeviation), o => o.FeedbackDeviation, hasStart && options.UsesFeedback, Kept);
        return found.Count == 0 ? null : $"Options without effect: {string.Join("; ", found)}.";

        void Add<T>(string name, Func<SalTrainingOptions, T> value, bool isWithoutEffect, string reason)
        {
            if (isWithoutEffect && !Equals(value(options), value(_defaults)))
            {
                found.Add($"{name}, as {reason}");
            }
        }
    }
}
