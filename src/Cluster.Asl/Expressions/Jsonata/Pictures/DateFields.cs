namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>What a text gave for each component of a date/time picture. A component that the text doesn't have is NaN.</summary>
internal ref struct DateFields
{
    /// <summary>Components are ASCII letters.</summary>
    public const int Count = 128;

    private readonly Span<double> _values;

    public DateFields(Span<double> room)
    {
        _values = room;
        _values.Fill(double.NaN);
    }

    /// <summary>Whether the year was written with three digits or more, so that 0018 is not 1918.</summary>
    public bool IsFullYear { get; set; }

    /// <summary>Whether a month or a half of the day had a name that there is not.</summary>
    public bool HasUnknownName { get; set; }

    /// <summary>The offset from UTC in minutes; zero if there is none.</summary>
    public int OffsetMinutes { get; set; }

    public readonly double this[char component]
    {
        get => _values[component];
        set => _values[component] = value;
    }

    public readonly bool Has(char component) => !double.IsNaN(_values[component]);

    /// <summary>Whether there are components of one group, and none of the other group that don't belong to it.</summary>
    public readonly bool HasOnly(string some, string all)
    {
        var any = false;
        foreach (var component in all)
        {
            if (!Has(component))
                continue;
            if (!some.Contains(component))
                return false;
            any = true;
        }

        return any;
    }
}
