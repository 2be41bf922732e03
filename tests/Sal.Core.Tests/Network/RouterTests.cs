using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Tests.Data;

namespace Sal.Core.Tests.Network;

[TestClass]
public class RouterTests
{
    // While k-means chooses its first centroids, it scores them one by one into the matrix of all areas.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_score_matrix_may_be_wider_than_the_number_of_areas(bool isSparse)
    {
        const int Rows = 8, Features = 3, Room = 40, Untouched = 7;
        var input = new InputRows(Encodings.Unchanged(Features), Rows, isSparse);
        for (int row = 0; row < Rows; row++)
        {
            input.Set(row, new FeatureVector([row, 1f, 0f]));
        }

        var scores = new PanelMatrix(Rows, Room);
        scores.Storage.Fill(Untouched);
        new Router([[2f, 10f, 5f]], [[1f]], [0.5f], isSparse).Score(input.Operand, Interval.First(Rows), scores);
        for (int row = 0; row < Rows; row++)
        {
            Assert.AreEqual(2 * row + 10.5f, scores[row, 0]);
            for (int area = PanelMatrix.PanelWidth; area < Room; area++)
            {
                Assert.AreEqual(Untouched, scores[row, area]);
            }
        }
    }
}
