using System.CommandLine;
using EdgeScorer;

var model = new Argument<FileInfo>("model")
{
    Description = "A pipeline saved by ML.NET (digits.zip), or a bare model (digits.sal).",
};
var probabilities = new Option<bool>("--probabilities") { Description = "Write the probabilities of all classes after the class." };
var time = new Option<bool>("--time")
{
    Description = "At the end, write the startup time and the time per row to standard error.",
};
var command = new RootCommand(
    "Scores rows with a SAL model. Standard input: one row per line, its features separated by commas. "
    + "Standard output: one line per row, with its class.")
{
    model, probabilities, time,
};
command.SetAction(arguments =>
{
    FileInfo file = arguments.GetRequiredValue(model);
    if (ModelFile.LoadOrExplain(file) is not { } loaded)
    {
        return ExitCode.NoModel;
    }

    using var input = new StreamReader(Console.OpenStandardInput());
    using var output = new StreamWriter(Console.OpenStandardOutput());
    var scoring = new RowScoring(loaded, withProbabilities: arguments.GetValue(probabilities));
    int exitCode = scoring.Run(input, output, Console.Error);
    if (arguments.GetValue(time))
    {
        scoring.Time.Report(Console.Error);
    }

    return exitCode;
});
return command.Parse(args).Invoke();
