using System.Collections.Immutable;

namespace Cluster.Asl.Validation;

/// <summary>Gathers diagnostics in the order in which they are found.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>So many errors are kept; a text of 1 MiB can hold more mistakes than anyone reads.</summary>
    public const int MaxErrors = 1000;

    /// <summary>So many warnings are kept: as many as ValidateStateMachineDefinition may show.</summary>
    public const int MaxWarnings = 100;

    /// <summary>
    /// So many characters of messages and places are kept, of errors and of warnings each, the first always: names may be as long as
    /// the text, and stand in each diagnostic below them.
    /// </summary>
    public const int MaxCharacters = 262_144;

    private readonly List<(Location? At, Diagnostic Diagnostic)> _errors = [];
    private readonly List<(Location? At, Diagnostic Diagnostic)> _warnings = [];
    private int _errorCharacters;
    private int _warningCharacters;

    public bool HasErrors => _errors.Count > 0;

    public void Schema(Location at, string message) => Add(DiagnosticCodes.SchemaValidationFailed, message, at);

    public void NotSupportedYet(Location at, string what) =>
        Add(DiagnosticCodes.NotSupportedYet, $"{what} is not supported yet", at);

    public void Add(string code, string message, Location? at)
    {
        if (_errors.Count < MaxErrors && _errorCharacters < MaxCharacters)
            _errorCharacters += Keep(_errors, DiagnosticSeverity.Error, code, message, at);
    }

    public void Warn(string code, string message, Location at)
    {
        if (_warnings.Count < MaxWarnings && _warningCharacters < MaxCharacters)
            _warningCharacters += Keep(_warnings, DiagnosticSeverity.Warning, code, message, at);
    }

    /// <summary>The errors, then the warnings, with their lines and columns in the text.</summary>
    public ImmutableArray<Diagnostic> Locate(ReadOnlySpan<byte> utf8)
    {
        List<(Location? At, Diagnostic Diagnostic)> all = [.. _errors, .. _warnings];
        if (all.Count == 0)
            return [];
        var wanted = new WantedPlace();
        var places = all.ConvertAll(found => found.At is { } at ? wanted.Add(at) : null);
        PositionFinder.Find(utf8, wanted);
        var located = ImmutableArray.CreateBuilder<Diagnostic>(all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            var diagnostic = all[i].Diagnostic;
            located.Add(places[i] is { } place ? diagnostic with { Line = place.Line, Column = place.Column } : diagnostic);
        }

        return located.MoveToImmutable();
    }

    private static int Keep(
        List<(Location? At, Diagnostic Diagnostic)> found, DiagnosticSeverity severity, string code, string message, Location? at)
    {
        var diagnostic = new Diagnostic(severity, code, message, at?.ToString(), Line: 0, Column: 0);
        found.Add((at, diagnostic));
        return message.Length + (diagnostic.Location?.Length ?? 0);
    }
}
