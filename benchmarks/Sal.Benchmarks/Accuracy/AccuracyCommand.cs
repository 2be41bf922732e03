using System.CommandLine;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Accuracy;

/// <summary>The command <c>accuracy</c>.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var command = new Command("accuracy", "Measure accuracy on ten sets or a CSV file, beside peers: same splits, same seeds.");
        var sets = new SetOptions(command, "small");
        var contenders = new Option<string[]>("--contenders")
        {
            Description = $"Contenders, separated by commas: {string.Join(", ", ContenderList.All)}; "
                + "or label=sal:Option=Value;Option=Value. All by default.",
            AllowMultipleArgumentsPerToken = true,
        };
        var csv = new Option<FileInfo?>("--csv")
        {
            Description = "A table to use instead of the sets: numbers, and a class in one column.",
        };
        var label = new Option<string>("--label-column")
        {
            Description = "The column of the class in the CSV file: its name in the header, or its number, from 0 or, backward, from -1.",
            DefaultValueFactory = _ => "-1",
        };
        var header = new Option<bool>("--header") { Description = "The first line of the CSV file names the columns." };
        var split = new Option<double>("--split")
        {
            Description = "The share of the rows of the CSV file to train on, above 0 and below 1.",
            DefaultValueFactory = _ => 0.8,
        };
        split.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
            {
                result.AddError("--split must be above 0 and below 1.");
            }
        });
        command.Validators.Add(result =>
        {
            Option[] aboutFile = [label, header, split];
            if (result.GetValue(csv) is null
                && aboutFile.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } alone)
            {
                result.AddError($"{alone.Name} describes the file of --csv: give that, too.");
            }
        });
        foreach (Option option in (Option[])[contenders, csv, label, header, split])
        {
            command.Options.Add(option);
        }

        var series = new SeriesOptions(command, count: 5);
        command.SetAction((arguments, cancellationToken) => Commands.Run(() =>
        {
            string[] names = Names.Split(arguments.GetValue(contenders));
            var runs = new EngineRuns();
            IReadOnlyList<string> chosen = names.Length == 0 ? ContenderList.All : names;
            List<IContender> picked = Runnable(chosen.Select(name => ContenderList.Create(name, runs)));
            SeriesRun run = series.Start(arguments, "accuracy", cancellationToken);
            IEnumerable<BenchmarkSet> toRun = arguments.GetValue(csv) is { } file
                ?
                [
                    CsvSet.Read(
                        file.FullName,
                        arguments.GetValue(label)!,
                        arguments.GetValue(header),
                        arguments.GetValue(split),
                        note => Console.WriteLine($"note: {note}")),
                ]
                : sets.Read(arguments);
            foreach (BenchmarkSet set in toRun)
            {
                run.Run(set, picked);
            }

            run.WriteTable();
        }));
        return command;
    }

    private static List<IContender> Runnable(IEnumerable<IContender> contenders)
    {
        var runnable = new List<IContender>();
        foreach (IContender contender in contenders)
        {
            if (contender.Obstacle is { } obstacle)
            {
                Console.WriteLine($"skipped: contender={contender.Name}: {obstacle}");
            }
            else
            {
                runnable.Add(contender);
            }
        }

        return runnable;
    }
}
