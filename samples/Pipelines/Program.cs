using System.CommandLine;
using Pipelines;

var kind = new Argument<string>("kind") { Description = "tabular (numbers and categories), text (hashed words), or images (8 x 8 pixels)." };
kind.AcceptOnlyFromAmong("tabular", "text", "images");
var command = new RootCommand("Three pipelines with SAL: each trains, evaluates on rows held out, saves, and scores with the model loaded back.") { kind };
command.SetAction(arguments =>
{
    switch (arguments.GetValue(kind))
    {
        case "tabular":
            TabularPipeline.Run();
            break;
        case "text":
            TextPipeline.Run();
            break;
        default:
            ImagePipeline.Run();
            break;
    }
});
return command.Parse(args).Invoke();
