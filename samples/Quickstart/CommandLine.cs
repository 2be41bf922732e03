using System.CommandLine;
using System.Reflection;
using Microsoft.ML;
using Quickstart.Digits;
using Quickstart.Tables;

namespace Quickstart;

/// <summary>Defines the options of the program and runs what they select.</summary>
internal static class CommandLine
{
    private static readonly Option<FileInfo?> _data = new("--data")
    {
        Description = "A CSV file with a header: to learn from, or to score with --predict.",
        HelpName = "file.csv",
    };

    private static readonly Option<string?> _label = new("--label")
    {
        Description = "The column of --data that holds the classes.",
        HelpName = "column",
    };

    private static readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "A column of --data to leave out of the features.",
        HelpName = "column",
    };

    private static readonly Option<string[]> _missing = new("--missing")
    {
        Description = "A mark for missing cells in --data, in addition to empty cells, NA, N/A, NaN, null, ? and the like.",
        HelpName = "text",
    };

    private static readonly Option<FileInfo?> _output = new("--output")
    {
        Description = "Where to save the model, or the predictions of --predict.",
        HelpName = "file",
    };

    private static readonly Option<bool> _compare = new("--compare")
    {
        Description = "Also train LightGBM, on the same rows and features.",
    };

    private static readonly Option<FileInfo?> _predict = new("--predict")
    {
        Description = "Only score, with a saved model: the rows of --data, or else five digits.",
        HelpName = "model.zip",
    };

    private static readonly Option<int> _seeds = new("--seeds")
    {
        Description = "Digits only: the number of seeds to split and train with; the figures are their means.",
        DefaultValueFactory = _ => 1,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand(
            "Trains a classifier with SAL, an ML.NET trainer without backpropagation: on your CSV file, or else on handwritten digits.")
        {
            _data, _label, _ignore, _missing, _output, _compare, _predict, _seeds,
        };
        _seeds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int count) && count >= 1))
            {
                result.AddError($"--seeds is '{text}', but must be a number of at least 1.");
            }
        });
        command.Validators.Add(result =>
        {
            foreach (Option option in new Option[] { _label, _ignore, _missing, _output, _compare })
            {
                if (result.GetResult(_data) is null && result.GetResult(option) is { Implicit: false })
                {
                    result.AddError($"{option.Name} applies to your own data only: name the file with --data FILE.csv.");
                }
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        Console.WriteLine(
            $"SAL on Microsoft.ML {VersionOf(typeof(MLContext))}, .NET {Environment.Version}, {Environment.ProcessorCount} processors.");
        try
        {
            return (arguments.GetValue(_predict), GetTableOptions(arguments)) switch
            {
                (null, null) => DigitTraining.Run(arguments.GetValue(_seeds)),
                (null, { } options) => TableTraining.Run(options),
                ({ } model, null) => DigitScoring.Run(model),
                ({ } model, { } options) => TableScoring.Run(model, options),
            };
        }
        catch (Exception exception)
            when (exception is UserErrorException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The trainer throws InvalidOperationException, with an explanation, if training diverges.
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    // Without the commit.
    private static string? VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static TableOptions? GetTableOptions(ParseResult arguments) =>
        arguments.GetValue(_data) is not { } data ? null : new TableOptions
        {
            Data = data,
            Label = arguments.GetValue(_label),
            Ignored = arguments.GetValue(_ignore) ?? [],
            MissingMarks = arguments.GetValue(_missing) ?? [],
            Output = arguments.GetValue(_output),
            ComparesWithLightGbm = arguments.GetValue(_compare),
        };
}
