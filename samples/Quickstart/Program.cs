using System.CommandLine;
using Quickstart;

var predict = new Option<FileInfo?>("--predict") { Description = "Only score five rows, with a model saved before (digits.zip).", HelpName = "model" };
var seeds = new Option<int>("--seeds") { Description = "How many seeds to split and train with; the figures are their means.", DefaultValueFactory = _ => 1 };
seeds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int count) && count >= 1))
    {
        result.AddError($"--seeds is '{text}', but must be a number of at least 1.");
    }
});
var command = new RootCommand("Learns to read handwritten digits with SAL, an ML.NET trainer without backpropagation.") { predict, seeds };
command.SetAction(arguments => arguments.GetValue(predict) is { } model
    ? ScoringFromFile.Run(model)
    : TrainingAndEvaluation.Run(arguments.GetValue(seeds)));
return command.Parse(args).Invoke();
