namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>The English names of months and days.</summary>
internal static class DateNames
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>The names of a component, from its value 1 on.</summary>
    /// <exception cref="JsonataException">D3133: the component has no names.</exception>
    public static string[] Of(char component) => component switch
    {
        'M' or 'x' => Months,
        'F' => Days,
        _ => throw JsonataErrors.OfText("D3133", component.ToString()),
    };

    /// <summary>A name as the part of a picture has it: cut to its most width.</summary>
    public static ReadOnlySpan<char> Cut(string name, DatePart part) => name.AsSpan(0, Math.Min(part.MaxWidth ?? name.Length, name.Length));
}
