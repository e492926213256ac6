namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>
/// Looks for a text in texts, unit by unit, in time linear in both: for a longer text the platform's search may look at each place as far
/// as that text is long, which a bomb can make quadratic. This one remembers how far it had come (Knuth, Morris, Pratt).
/// </summary>
internal readonly struct TextSearch
{
    /// <summary>Up to here the platform's search costs a few steps of the processor for each place.</summary>
    private const int ShortPart = 64;

    private readonly string _part;

    // For each length of a beginning of the part, the longest shorter beginning that it ends with.
    private readonly int[]? _borders;

    /// <param name="evaluation">Pays for reading the part.</param>
    /// <param name="part">What is looked for.</param>
    public TextSearch(Evaluation evaluation, string part)
    {
        _part = part;
        if (part.Length <= ShortPart)
            return;
        evaluation.StepText(part.Length);
        _borders = new int[part.Length];
        for (int i = 1, border = 0; i < part.Length; i++)
        {
            while (border > 0 && part[i] != part[border])
                border = _borders[border - 1];
            if (part[i] == part[border])
                border++;
            _borders[i] = border;
        }
    }

    /// <summary>The first place from one on, or -1.</summary>
    public int Find(Evaluation evaluation, string text, int from)
    {
        var found = _borders is null ? text.IndexOf(_part, from, StringComparison.Ordinal) : FindLong(text, from, _borders);
        evaluation.StepText((found < 0 ? text.Length : found) - from);
        return found;
    }

    private int FindLong(string text, int from, int[] borders)
    {
        var matched = 0;
        for (var i = from; i < text.Length; i++)
        {
            while (matched > 0 && text[i] != _part[matched])
                matched = borders[matched - 1];
            if (text[i] == _part[matched] && ++matched == _part.Length)
                return i - matched + 1;
        }

        return -1;
    }
}
