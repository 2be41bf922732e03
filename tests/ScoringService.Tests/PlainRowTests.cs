using System.Globalization;
using System.Text;
using ScoringService.Requests;

namespace ScoringService.Tests;

/// <summary>The fast way to read a row agrees with the general one wherever it is taken.</summary>
[TestClass]
public class PlainRowTests
{
    [TestMethod]
    public void Numbers_are_those_that_the_framework_reads()
    {
        var random = new Random(1);
        float[] values = new float[8];
        int taken = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string[] numbers = [.. values.Select(_ => Number(random))];
            if (PlainRow.TryRead(Encoding.UTF8.GetBytes($"{{\"features\":[{string.Join(',', numbers)}]}}"), values))
            {
                taken++;
                CollectionAssert.AreEqual(
                    numbers.Select(number => BitConverter.SingleToUInt32Bits(float.Parse(number, CultureInfo.InvariantCulture))).ToArray(),
                    values.Select(BitConverter.SingleToUInt32Bits).ToArray(),
                    string.Join(' ', numbers));
            }
        }

        Assert.IsGreaterThan(10_000, taken);
    }

    [TestMethod]
    [DataRow("{\"features\":[1,2]}", true)]
    [DataRow(" {\n\t\"features\" : [ 1 , 2 ] }\r\n ", true)]
    [DataRow("{\"features\":[-0,0.5]}", true)]
    [DataRow("{\"features\":[999999999,0.12345678]}", true)]
    [DataRow("{\"features\":[1]}", false)]
    [DataRow("{\"features\":[1,2,3]}", false)]
    [DataRow("{\"features\":[1,2,]}", false)]
    [DataRow("{\"features\":[1 2]}", false)]
    [DataRow("{\"features\":[,2]}", false)]
    [DataRow("{\"features\":[1,02]}", false)]
    [DataRow("{\"features\":[1,2.]}", false)]
    [DataRow("{\"features\":[1,.2]}", false)]
    [DataRow("{\"features\":[1,-]}", false)]
    [DataRow("{\"features\":[1,+2]}", false)]
    [DataRow("{\"features\":[1,2e3]}", false)]
    [DataRow("{\"features\":[1,2.5.5]}", false)]
    [DataRow("{\"features\":[1,0.123456789]}", false)]
    [DataRow("{\"features\":[1,1234567890]}", false)]
    [DataRow("{\"features\":[1,99999999999999999999]}", false)]
    [DataRow("{\"features\":[1,null]}", false)]
    [DataRow("{\"features\":[1,2]", false)]
    [DataRow("{\"features\":[1,2", false)]
    [DataRow("{\"features\":[1,2]}}", false)]
    [DataRow("{\"features\":[1,2],\"model\":\"x\"}", false)]
    [DataRow("{\"Features\":[1,2]}", false)]
    [DataRow("", false)]
    public void Only_rows_of_plain_numbers_are_taken(string body, bool isTaken) =>
        Assert.AreEqual(isTaken, PlainRow.TryRead(Encoding.UTF8.GetBytes(body), new float[2]));

    private static string Number(Random random)
    {
        int fraction = random.Next(-1, 9), whole = fraction < 0 ? random.Next(1, 10) : random.Next(1, Math.Max(2, 10 - fraction));
        string digits = whole == 1 ? $"{random.Next(10)}" : $"{random.Next(1, 10)}{Digits(random, whole - 1)}";
        return $"{(random.Next(3) == 0 ? "-" : "")}{digits}{(fraction <= 0 ? "" : $".{Digits(random, fraction)}")}";
    }

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
}
