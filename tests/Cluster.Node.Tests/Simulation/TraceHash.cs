namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The hash of everything that happened, in order (FNV-1a over UTF-16 code units and numbers). Two runs of a seed that differ anywhere
/// differ here; the last lines are kept for the report of a failing seed.
/// </summary>
internal sealed class TraceHash(Agenda agenda)
{
    private const int LinesKept = 200;
    private const ulong Prime = 1099511628211;

    private readonly Queue<string> _lines = new();
    private ulong _hash = 14695981039346656037;

    internal ulong Value => _hash;

    internal long Steps { get; private set; }

    internal IEnumerable<string> LastLines => _lines;

    /// <summary>Writes every line here, when set; for comparing two runs.</summary>
    internal TextWriter? Out { get; init; }

    internal void Add(string what, string who, string how = "")
    {
        Steps++;
        Fold((ulong)agenda.Elapsed.Ticks);
        Fold(what);
        Fold(who);
        Fold(how);
        var line = $"{agenda.Elapsed.TotalSeconds:F6} {what} {who} {how}";
        Out?.WriteLine(line);
        if (_lines.Count == LinesKept)
            _lines.Dequeue();
        _lines.Enqueue(line);
    }

    private void Fold(string text)
    {
        foreach (var c in text)
            Fold(c);
        Fold((ulong)text.Length);
    }

    private void Fold(ulong number) => _hash = (_hash ^ number) * Prime;
}
