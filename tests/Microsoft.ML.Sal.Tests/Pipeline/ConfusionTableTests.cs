namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>The text of GetFormattedConfusionTable.</summary>
[TestClass]
public class ConfusionTableTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Short_names_stand_at_rows_and_columns() => AssertTable(
        """

        Confusion table
                  ||========================
        PREDICTED ||     a | bbbbb |     c | Recall
        TRUTH     ||========================
                a ||     0 |     1 |     2 | 0.0000
            bbbbb ||     3 |     4 |     5 | 0.3333
                c ||     6 |     7 |     8 | 0.3810
                  ||========================
        Precision ||0.0000 |0.3333 |0.5333 |

        """,
        Table(["a", "bbbbb", "c"], Numbered));

    [TestMethod]
    public void Long_names_are_numbered() => AssertTable(
        """

        Confusion table
                     ||========================
        PREDICTED    ||     0 |     1 |     2 | Recall
        TRUTH        ||========================
        0.         a ||     0 |     1 |     2 | 0.0000
        1. bbbbbbbbb ||     3 |     4 |     5 | 0.3333
        2.         c ||     6 |     7 |     8 | 0.3810
                     ||========================
        Precision    ||0.0000 |0.3333 |0.5333 |

        """,
        Table(["a", "bbbbbbbbb", "c"], Numbered));

    [TestMethod]
    public void Without_names_classes_are_numbers() => AssertTable(
        """

        Confusion table
                  ||========================
        PREDICTED ||     0 |     1 |     2 | Recall
        TRUTH     ||========================
                0 ||     0 |     1 |     2 | 0.0000
                1 ||     3 |     4 |     5 | 0.3333
                2 ||     6 |     7 |     8 | 0.3810
                  ||========================
        Precision ||0.0000 |0.3333 |0.5333 |

        """,
        Table(null, Numbered));

    [TestMethod]
    public void Two_classes_have_wider_columns() => AssertTable(
        """

        Confusion table
                  ||======================
        PREDICTED ||       no |      yes | Recall
        TRUTH     ||======================
               no ||        3 |        1 | 0.7500
              yes ||        2 |        4 | 0.6667
                  ||======================
        Precision ||   0.6000 |   0.8000 |

        """,
        Table(["no", "yes"], (actual, predicted) => actual == predicted ? 3 + actual : 1 + actual));

    [TestMethod]
    public void Large_counts_have_separators() => AssertTable(
        """

        Confusion table
                  ||========================
        PREDICTED ||     a |     b |     c | Recall
        TRUTH     ||========================
                a || 1,000 |     0 |     0 | 1.0000
                b ||     0 | 1,000 |     0 | 1.0000
                c ||     0 |     0 | 12,345 | 1.0000
                  ||========================
        Precision ||1.0000 |1.0000 |1.0000 |

        """,
        Table(["a", "b", "c"], (actual, predicted) => actual != predicted ? 0 : actual == 2 ? 12345 : 1000));

    [TestMethod]
    public void Numbers_of_many_long_names()
    {
        string[] lines = Table([.. Enumerable.Range(0, 11).Select(i => $"class{i}")], (actual, predicted) => actual == predicted ? 1 : 0).ReplaceLineEndings("\n").Split('\n');

        Assert.AreEqual("PREDICTED   ||     0 |     1 |     2 |     3 |     4 |     5 |     6 |     7 |     8 |     9 |    10 | Recall", lines[3]);
        Assert.AreEqual(" 9.  class9 ||     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     1 |     0 | 1.0000", lines[14]);
        Assert.AreEqual("10. class10 ||     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     0 |     1 | 1.0000", lines[15]);
    }

    private static int Numbered(int actual, int predicted) => (actual * 3) + predicted;

    private static void AssertTable(string expected, string actual) => Assert.AreEqual(expected.ReplaceLineEndings(), actual.ReplaceLineEndings());

    private string Table(string[]? names, Func<int, int, int> count) =>
        _mlContext.MulticlassClassification.Evaluate(ScoredRows.Counted(_mlContext, names?.Length ?? 3, names, count)).ConfusionMatrix.GetFormattedConfusionTable();
}
