using System.Collections.Immutable;

namespace Cluster.Asl.Validation;

/// <summary>Gathers diagnostics in the order in which they are found.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>So many diagnostics are kept; a text of 1 MiB can hold more mistakes than anyone reads.</summary>
    public const int MaxDiagnostics = 1000;

    private readonly List<Diagnostic> _found = [];

    public bool HasErrors => _found.Count > 0;

    public IReadOnlyList<Diagnostic> Found => _found;

    public void Schema(Location at, string message) => Add(DiagnosticCodes.SchemaValidationFailed, message, at);

    public void NotSupportedYet(Location at, string what) =>
        Add(DiagnosticCodes.NotSupportedYet, $"{what} is not supported yet", at);

    public void Add(string code, string message, Location? at)
    {
        if (_found.Count < MaxDiagnostics)
            _found.Add(new Diagnostic(DiagnosticSeverity.Error, code, message, at?.ToString(), 0, 0));
    }

    /// <summary>The diagnostics with their lines and columns in the text.</summary>
    public ImmutableArray<Diagnostic> Locate(ReadOnlySpan<byte> utf8)
    {
        var positions = PositionFinder.Find(utf8, _found.Select(d => d.Location).OfType<string>().ToHashSet(StringComparer.Ordinal));
        return
        [
            .. _found.Select(d => d.Location is { } location && positions.TryGetValue(location, out var at)
                ? d with { Line = at.Line, Column = at.Column }
                : d),
        ];
    }
}
