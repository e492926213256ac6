namespace Cluster.Asl.Validation;

/// <summary>A tree of the places whose positions are asked for; the <see cref="PositionFinder"/> walks only where it leads.</summary>
internal sealed class WantedPlace
{
    private readonly Dictionary<(string Name, int Index), WantedPlace> _inner = [];

    /// <summary>The line of the place, from 1; 0 until it is found.</summary>
    public int Line { get; set; }

    /// <summary>The column of the place, from 1; 0 until it is found.</summary>
    public int Column { get; set; }

    /// <summary>Whether anything inside is asked for.</summary>
    public bool HasInner => _inner.Count > 0;

    public WantedPlace Add(Location at)
    {
        var place = this;
        foreach (var step in at.Steps())
        {
            if (!place._inner.TryGetValue((step.Name, step.Index), out var next))
                place._inner.Add((step.Name, step.Index), next = new WantedPlace());
            place = next;
        }

        return place;
    }

    public WantedPlace? Field(string name) => _inner.GetValueOrDefault((name, -1));

    public WantedPlace? Item(int index) => _inner.GetValueOrDefault(("", index));
}
