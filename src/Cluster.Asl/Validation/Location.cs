using System.Globalization;
using System.Text;

namespace Cluster.Asl.Validation;

/// <summary>A place in a definition. Cheap to hold while reading; the text is made only for a diagnostic.</summary>
internal sealed class Location
{
    private readonly Location? _parent;
    private readonly string _segment;
    private readonly int _index;

    private Location(Location? parent, string segment, int index)
    {
        _parent = parent;
        _segment = segment;
        _index = index;
    }

    public static Location Root { get; } = new(parent: null, "", -1);

    public Location Field(string name) => new(this, name, -1);

    public Location Item(int index) => new(this, "", index);

    public override string ToString()
    {
        if (_parent is null)
            return "/";
        var steps = new Stack<Location>();
        for (var step = this; step._parent is not null; step = step._parent)
            steps.Push(step);
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step._index >= 0)
                text.Append(CultureInfo.InvariantCulture, $"[{step._index}]");
            else
                text.Append('/').Append(step._segment);
        }

        return text.ToString();
    }
}
