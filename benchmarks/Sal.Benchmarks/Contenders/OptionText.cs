using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>Parses options: <c>DropoutRate=0.2;HiddenUnits=512</c>.</summary>
internal static class OptionText
{
    /// <summary>Creates the action that sets the options in a text.</summary>
    /// <exception cref="ArgumentException">An option is unknown, or its value cannot be read.</exception>
    public static Action<SalTrainingOptions> Parse(string text)
    {
        var settings = new List<(PropertyInfo Property, object? Value)>();
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2);
            PropertyInfo property = typeof(SalTrainingOptions).GetProperty(pair[0]) is { CanWrite: true } found && pair.Length == 2
                ? found
                : throw new ArgumentException($"'{part}' sets no option. Write Name=Value, with a name of SalTrainingOptions.");
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            try
            {
                TypeConverter converter = TypeDescriptor.GetConverter(type);
                object? value = pair[1] == "null" ? null : converter.ConvertFromString(null, CultureInfo.InvariantCulture, pair[1]);
                settings.Add((property, value));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                throw new ArgumentException($"'{pair[1]}' is no value of {pair[0]} ({type.Name}).", exception);
            }
        }

        return options => settings.ForEach(setting => setting.Property.SetValue(options, setting.Value));
    }
}
