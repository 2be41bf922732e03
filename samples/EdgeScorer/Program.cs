using System.CommandLine;
using EdgeScorer;

var model = new Argument<FileInfo>("model") { Description = "A pipeline that ML.NET saved (digits.zip), or the model alone (digits.sal)." };
var probabilities = new Option<bool>("--probabilities") { Description = "Write the probability of every class after the class." };
var time = new Option<bool>("--time") { Description = "Tell at the end, on standard error, how long starting and scoring took." };
var command = new RootCommand("Scores rows with a SAL model. Standard input: a row a line, its features separated by commas. Standard output: a line for each row, with its class.")
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
