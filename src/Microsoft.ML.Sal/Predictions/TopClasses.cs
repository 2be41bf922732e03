using System.Collections;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Holds the likeliest classes of a row, the likeliest first: the value of the column that <see cref="TopClassesTransformer"/> adds. A
/// class for predictions has a property of this type.
/// </summary>
public sealed class TopClasses : IReadOnlyList<ClassProbability>
{
    private readonly ClassProbability[] _classes;

    static TopClasses() => TopClassesDataViewType.Register();

    internal TopClasses(ClassProbability[] classes) => _classes = classes;

    /// <summary>Gets the value of a row that has not been scored: no classes.</summary>
    public static TopClasses Empty { get; } = new([]);

    /// <summary>Gets the number of classes.</summary>
    public int Count => _classes.Length;

    /// <summary>Gets a class.</summary>
    /// <param name="index">The rank of the class, from 0, which is the likeliest.</param>
    public ClassProbability this[int index] => _classes[index];

    /// <summary>Enumerates the classes, the likeliest first.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<ClassProbability> GetEnumerator() => ((IEnumerable<ClassProbability>)_classes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gets the classes as text, such as <c>setosa 0.930, virginica 0.041</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join<ClassProbability>(", ", _classes);
}
