using System.CommandLine;
using Pipelines;

var kind = new Argument<string>("kind")
{
    Description = "tabular (numbers, categories and missing cells), text (words and letters), or images (8 x 8 pixels).",
};
kind.AcceptOnlyFromAmong("tabular", "text", "images");
var seeds = new Option<int>("--seeds")
{
    Description = "The number of random splits to train and evaluate on; the figures are their means.",
    DefaultValueFactory = _ => 1,
};
seeds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int count) && count >= 1))
    {
        result.AddError($"--seeds is '{text}', but must be a number of at least 1.");
    }
});
var command = new RootCommand(
    "Compares SAL with ML.NET's trainers in one of three pipelines: train, evaluate on held-out rows, save, load, score.")
{
    kind,
    seeds,
};
command.SetAction(arguments =>
{
    Action<int> run = arguments.GetValue(kind) switch
    {
        "tabular" => TabularPipeline.Run,
        "text" => TextPipeline.Run,
        _ => ImagePipeline.Run,
    };
    run(arguments.GetValue(seeds));
});
return command.Parse(args).Invoke();
