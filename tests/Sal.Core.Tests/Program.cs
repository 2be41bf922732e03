using Sal.Core.Tests.Training.Checkpoints;

namespace Sal.Core.Tests;

/// <summary>Lets the test assembly run as a process of its own that a test can kill: see <see cref="KillTests"/>.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["train", string checkpointPath, string modelPath, string threads]:
                KillTests.TrainAndSave(checkpointPath, modelPath, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case ["save", string path, string firstPath, string secondPath]:
                KillTests.SaveInTurn(path, firstPath, secondPath);
                return 0;
            default:
                Console.Error.WriteLine("Usage: train checkpoint model threads | save path first second");
                return 2;
        }
    }
}
