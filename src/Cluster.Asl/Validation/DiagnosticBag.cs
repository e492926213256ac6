using System.Collections.Immutable;

namespace Cluster.Asl.Validation;

/// <summary>Gathers diagnostics in the order in which they are found.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>So many diagnostics are kept; a text of 1 MiB can hold more mistakes than anyone reads.</summary>
    public const int MaxDiagnostics = 1000;

    /// <summary>
    /// So many characters of messages and places are kept, the first diagnostic always: names may be as long as the text, and
    /// stand in each diagnostic below them.
    /// </summary>
    public const int MaxCharacters = 262_144;

    private readonly List<(Location? At, Diagnostic Diagnostic)> _found = [];
    private int _characters;

    public bool HasErrors => _found.Count > 0;

    public void Schema(Location at, string message) => Add(DiagnosticCodes.SchemaValidationFailed, message, at);

    public void NotSupportedYet(Location at, string what) =>
        Add(DiagnosticCodes.NotSupportedYet, $"{what} is not supported yet", at);

    public void Add(string code, string message, Location? at)
    {
        if (_found.Count >= MaxDiagnostics || _characters >= MaxCharacters)
            return;
        var diagnostic = new Diagnostic(DiagnosticSeverity.Error, code, message, at?.ToString(), Line: 0, Column: 0);
        _characters += message.Length + (diagnostic.Location?.Length ?? 0);
        _found.Add((at, diagnostic));
    }

    /// <summary>The diagnostics with their lines and columns in the text.</summary>
    public ImmutableArray<Diagnostic> Locate(ReadOnlySpan<byte> utf8)
    {
        var wanted = new WantedPlace();
        var places = _found.ConvertAll(found => found.At is { } at ? wanted.Add(at) : null);
        PositionFinder.Find(utf8, wanted);
        var located = ImmutableArray.CreateBuilder<Diagnostic>(_found.Count);
        for (var i = 0; i < _found.Count; i++)
        {
            var diagnostic = _found[i].Diagnostic;
            located.Add(places[i] is { } place ? diagnostic with { Line = place.Line, Column = place.Column } : diagnostic);
        }

        return located.MoveToImmutable();
    }
}
