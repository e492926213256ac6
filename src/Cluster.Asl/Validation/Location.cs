using System.Globalization;
using System.Text;

namespace Cluster.Asl.Validation;

/// <summary>A place in a definition. Cheap to hold while reading; the text is made only for a diagnostic.</summary>
internal sealed class Location
{
    private const int NoIndex = -1;

    private readonly Location? _parent;

    private Location(Location? parent, string name, int index)
    {
        _parent = parent;
        Name = name;
        Index = index;
    }

    public static Location Root { get; } = new(parent: null, "", NoIndex);

    /// <summary>The field's name, or empty for an element of an array.</summary>
    public string Name { get; }

    /// <summary>The element's index from 0, or -1 for a field.</summary>
    public int Index { get; }

    public Location Field(string name) => new(this, name, NoIndex);

    public Location Item(int index) => new(this, "", index);

    /// <summary>The steps from the root to this place.</summary>
    public IEnumerable<Location> Steps()
    {
        var steps = new Stack<Location>();
        for (var step = this; step._parent is not null; step = step._parent)
            steps.Push(step);
        return steps;
    }

    /// <summary>The place as AWS writes it: <c>/States/C/Choices[0]/Next</c>; names stand as they are.</summary>
    public override string ToString()
    {
        if (_parent is null)
            return "/";
        var text = new StringBuilder();
        foreach (var step in Steps())
        {
            if (step.Index >= 0)
                text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else
                text.Append('/').Append(step.Name);
        }

        return text.ToString();
    }
}
