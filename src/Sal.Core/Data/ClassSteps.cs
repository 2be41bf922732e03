namespace Sal.Core.Data;

/// <summary>
/// Finds where the classes of the rows change along a feature: the cuts that a decision tree on this feature alone would make, as many as
/// the principle of minimum description length allows (Fayyad and Irani, 1993), so that noise is not cut.
/// </summary>
internal static class ClassSteps
{
    /// <summary>Finds the cuts.</summary>
    /// <param name="values">The values of the feature, ascending.</param>
    /// <param name="labels">The class of each value's row.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="most">The most cuts; the most telling ones are kept.</param>
    /// <returns>The last position before each cut, ascending. The values on both sides of a cut differ.</returns>
    public static int[] Find(float[] values, int[] labels, int classCount, int most)
    {
        double[] nLogN = [0, .. Enumerable.Range(1, values.Length).Select(n => n * Math.Log2(n))];
        var cuts = new List<int>();
        var pending = new PriorityQueue<Cut, double>(); // the most telling one first
        Consider(0, values.Length);
        while (cuts.Count < most && pending.TryDequeue(out Cut cut, out _))
        {
            cuts.Add(cut.Last);
            Consider(cut.Start, cut.Last + 1);
            Consider(cut.Last + 1, cut.End);
        }

        return [.. cuts.Order()];

        void Consider(int start, int end)
        {
            (int last, double gain) = BestCut(values.AsSpan(start..end), labels.AsSpan(start..end), classCount, nLogN);
            if (last >= 0)
            {
                pending.Enqueue(new Cut(start, start + last, end), -gain);
            }
        }
    }

    // The last position before the best cut and the bits that it saves; -1 if it saves less than it costs to describe.
    private static (int Last, double Gain) BestCut(
        ReadOnlySpan<float> values, ReadOnlySpan<int> labels, int classCount, double[] nLogN)
    {
        int[] left = new int[classCount], right = new int[classCount];
        foreach (int label in labels)
        {
            right[label]++;
        }

        // The entropy of counts c of n rows, times n, is n log n - sum of c log c.
        int allClasses = Classes(right);
        double rightSum = Sum(right), leftSum = 0, all = nLogN[labels.Length] - rightSum;
        (int last, double least) = (-1, double.MaxValue);
        for (int i = 0; i + 1 < labels.Length; i++)
        {
            int label = labels[i];
            leftSum += nLogN[left[label] + 1] - nLogN[left[label]++];
            rightSum += nLogN[right[label] - 1] - nLogN[right[label]--];
            double parts = nLogN[i + 1] - leftSum + nLogN[labels.Length - i - 1] - rightSum;
            if (parts < least && values[i] < values[i + 1])
            {
                (last, least) = (i, parts);
            }
        }

        if (last < 0)
        {
            return (-1, 0);
        }

        Array.Clear(left);
        Array.Clear(right);
        for (int i = 0; i < labels.Length; i++)
        {
            (i <= last ? left : right)[labels[i]]++;
        }

        int leftRows = last + 1, rightRows = labels.Length - leftRows, leftClasses = Classes(left), rightClasses = Classes(right);
        double leftEntropy = (nLogN[leftRows] - Sum(left)) / leftRows;
        double rightEntropy = (nLogN[rightRows] - Sum(right)) / rightRows;
        double cost = Math.Log2(labels.Length - 1) + Math.Log2(Math.Pow(3, allClasses) - 2)
            - (allClasses * all / labels.Length - leftClasses * leftEntropy - rightClasses * rightEntropy);
        return all - least > cost ? (last, all - least) : (-1, 0);

        double Sum(int[] counts) => counts.Sum(count => nLogN[count]);
    }

    private static int Classes(int[] counts) => counts.Count(count => count > 0);

    private readonly record struct Cut(int Start, int Last, int End);
}
