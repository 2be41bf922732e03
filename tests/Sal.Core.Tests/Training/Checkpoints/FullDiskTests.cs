using System.Diagnostics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Checkpoints;

/// <summary>A disk that is truly full: a small in-memory file system, which only root may mount.</summary>
[TestClass]
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    public FullDiskTests() => _isMounted = OperatingSystem.IsLinux()
        && Environment.IsPrivilegedProcess
        && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path);

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", _folder.Path);
        }

        _folder.Dispose();
    }

    [TestMethod]
    public void A_model_that_does_not_fit_on_the_disk_leaves_the_old_file_intact()
    {
        RequireMount();
        SalModel model = CheckpointRun.Run(CheckpointRun.Options(o => o.HiddenUnits = 160), CheckpointRun.Rows())!.Model;
        string path = _folder.File("model"), onnx = _folder.File("onnx");
        File.WriteAllText(path, "old");
        File.WriteAllText(onnx, "old");
        Fill(leave: 64 << 10);

        Assert.IsGreaterThan(64 << 10, CheckpointRun.Bytes(model).Length);
        Assert.ThrowsExactly<IOException>(() => model.Save(path));
        Assert.ThrowsExactly<IOException>(() => model.SaveOnnx(onnx));

        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.AreEqual("old", File.ReadAllText(onnx));
        Assert.HasCount(3, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void Training_survives_a_full_disk_and_resumes_from_the_last_checkpoint()
    {
        RequireMount();
        TrainingSet rows = CheckpointRun.Rows();
        byte[] whole = CheckpointRun.Bytes(CheckpointRun.Run(CheckpointRun.Options(), rows)!.Model);
        SalTrainingOptions options = CheckpointRun.Options(o => (o.CheckpointPath, o.Resume) = (_folder.File("run"), true));
        var warnings = new List<string>();
        SalTrainingResult result = new SalTrainer(options).Train(rows, null, null, new TestObserver
        {
            EpochEnded = progress =>
            {
                if (progress.FinishedEpochs == 3)
                {
                    Fill(leave: 4096);
                }
            },
            Warned = warnings.Add,
        });

        CollectionAssert.AreEqual(whole, CheckpointRun.Bytes(result.Model));
        StringAssert.Contains(warnings.Single(), "after 4 epochs");
        Assert.HasCount(3, Directory.GetFiles(_folder.Path), "two checkpoints and the ballast");

        // Resuming works even while the disk is still full.
        CollectionAssert.AreEqual(whole, CheckpointRun.Bytes(CheckpointRun.Run(options, rows)!.Model));
    }

    private void RequireMount()
    {
        if (!_isMounted)
        {
            Assert.Inconclusive("Only root on Linux may mount a small file system.");
        }
    }

    private void Fill(int leave)
    {
        using FileStream ballast = File.Create(_folder.File("ballast"), bufferSize: 1);
        for (long left = new DriveInfo(_folder.Path).AvailableFreeSpace - leave; left > 0; left -= 4096)
        {
            ballast.Write(new byte[(int)Math.Min(left, 4096)]);
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
