using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

[TestClass]
public class WorkerTeamTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void Every_item_of_every_job_runs_once(int size)
    {
        using var team = new WorkerTeam(size);
        for (int job = 0; job < 2_000; job++)
        {
            var runs = new int[job % 17];
            team.Run(runs.Length, (item, worker) =>
            {
                Assert.IsTrue(worker >= 0 && worker < size);
                Interlocked.Increment(ref runs[item]);
            });
            Assert.IsTrue(runs.All(count => count == 1), $"job {job}");
            if (job % 500 == 0)
            {
                Thread.Sleep(5); // long enough for the workers to fall asleep
            }
        }
    }

    [TestMethod]
    public void An_exception_reaches_the_caller_and_the_team_works_on()
    {
        using var team = new WorkerTeam(3);
        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => team.Run(100, (item, _) =>
        {
            if (item == 42)
            {
                throw new InvalidOperationException("item 42");
            }
        }));
        Assert.AreEqual("item 42", exception.Message);

        int count = 0;
        team.Run(100, (_, _) => Interlocked.Increment(ref count));
        Assert.AreEqual(100, count);
    }

    [TestMethod]
    public void A_job_allocates_nothing_on_the_callers_thread()
    {
        using var team = new WorkerTeam(2);
        Action<int, int> body = static (_, _) => { };
        team.Run(8, body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            team.Run(8, body);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
