using System.Globalization;

namespace Sal.Core.Training;

/// <summary>The permitted values of one option.</summary>
public sealed class OptionConstraint
{
    private readonly Func<SalTrainingOptions, object?> _value;
    private readonly Func<object, bool> _permits;

    private OptionConstraint(string name, string allowed, Func<SalTrainingOptions, object?> value, Func<object, bool> permits)
    {
        Name = name;
        Allowed = allowed;
        _value = value;
        _permits = permits;
    }

    /// <summary>Gets the name of the option.</summary>
    public string Name { get; }

    /// <summary>Gets a description of the permitted values.</summary>
    public string Allowed { get; }

    /// <summary>Checks whether the option has a permitted value. Null means "chosen automatically" and is always permitted.</summary>
    public bool IsSatisfiedBy(SalTrainingOptions options) => _value(options) is not { } value || _permits(value);

    internal void Check(SalTrainingOptions options)
    {
        if (!IsSatisfiedBy(options))
        {
            object value = _value(options)!;
            string shown = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            throw new ArgumentOutOfRangeException(
                Name, value, $"{Name} is {shown}, but must be {Allowed}. Set {Name} to a value in that range.");
        }
    }

    /// <summary>Creates a constraint on an option with a minimum and a maximum.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="value">Gets the value of the option.</param>
    public static OptionConstraint Between(string name, double min, double max, Func<SalTrainingOptions, double?> value) =>
        Range(name, string.Create(CultureInfo.InvariantCulture, $"from {min:#,0.##} to {max:#,0.##}"), value, x => x >= min && x <= max);

    internal static OptionConstraint FromUpTo(string name, double min, double bound, Func<SalTrainingOptions, double?> value) =>
        Range(
            name, string.Create(CultureInfo.InvariantCulture, $"at least {min:0.##} and below {bound:0.##}"), value,
            x => x >= min && x < bound);

    internal static OptionConstraint Above(string name, double bound, Func<SalTrainingOptions, double?> value) =>
        Range(
            name, string.Create(CultureInfo.InvariantCulture, $"a finite number above {bound:0.##} in single precision"), value,
            x => (float)x > bound && float.IsFinite((float)x));

    internal static OptionConstraint OneOf<TEnum>(string name, Func<SalTrainingOptions, TEnum> value)
        where TEnum : struct, Enum =>
        new(name, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", options => value(options), x => Enum.IsDefined((TEnum)x));

    internal static OptionConstraint FilePath(string name, Func<SalTrainingOptions, string?> value) =>
        new(name, "the path of a file", value, x => Path.GetFileName((string)x).Trim().Length > 0);

    private static OptionConstraint Range(
        string name, string allowed, Func<SalTrainingOptions, double?> value, Func<double, bool> permits) =>
        new(name, allowed, options => value(options), x => permits((double)x));
}
