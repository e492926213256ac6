namespace Cluster.Benchmarks.Figures;

/// <summary>Times of one kind, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];
    private bool _sorted;

    public int Count => _values.Count;

    public double Median => At(0.5);

    public void Add(double milliseconds)
    {
        _values.Add(milliseconds);
        _sorted = false;
    }

    /// <summary>The value below which a part of all lie.</summary>
    /// <param name="rank">The part, from 0 to 1.</param>
    public double At(double rank)
    {
        if (!_sorted)
            _values.Sort();
        _sorted = true;
        return _values.Count == 0 ? double.NaN : _values[(int)Math.Round(rank * (_values.Count - 1))];
    }
}
