using System.CommandLine;
using System.Reflection;
using Microsoft.ML;
using Quickstart.Digits;
using Quickstart.Tables;

namespace Quickstart;

/// <summary>The options of the program, and what they lead to.</summary>
internal static class CommandLine
{
    private static readonly Option<FileInfo?> _data = new("--data")
    {
        Description = "A CSV file with a header to learn from, or to score with --predict.",
        HelpName = "file.csv",
    };

    private static readonly Option<string?> _label = new("--label")
    {
        Description = "The column of --data that holds the classes.",
        HelpName = "column",
    };

    private static readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "A column of --data that is not to be learned from.",
        HelpName = "column",
    };

    private static readonly Option<string[]> _missing = new("--missing")
    {
        Description = "What --data writes for a missing cell, besides nothing, NA, N/A, NaN, null, ? and the like.",
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
        Description = "Only score: the rows of --data, or five digits, with a model saved before.",
        HelpName = "model.zip",
    };

    private static readonly Option<int> _seeds = new("--seeds")
    {
        Description = "Digits: how many seeds to split and train with; the figures are their means.",
        DefaultValueFactory = _ => 1,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand(
            "Learns classes with SAL, an ML.NET trainer without backpropagation: from your CSV file, or else from handwritten digits.")
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
                    result.AddError($"{option.Name} is about your own data: name the file with --data FILE.csv.");
                }
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        Console.WriteLine($"SAL on Microsoft.ML {VersionOf(typeof(MLContext))}, .NET {Environment.Version}, {Environment.ProcessorCount} processors.");
        try
        {
            return (arguments.GetValue(_predict), OptionsOf(arguments)) switch
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
            // The trainer throws InvalidOperationException, with an explanation, where training diverges.
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    // Without the commit.
    private static string? VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static TableOptions? OptionsOf(ParseResult arguments) => arguments.GetValue(_data) is not { } data ? null : new TableOptions
    {
        Data = data,
        Label = arguments.GetValue(_label),
        Ignored = arguments.GetValue(_ignore) ?? [],
        MissingMarks = arguments.GetValue(_missing) ?? [],
        Output = arguments.GetValue(_output),
        ComparesWithLightGbm = arguments.GetValue(_compare),
    };
}
