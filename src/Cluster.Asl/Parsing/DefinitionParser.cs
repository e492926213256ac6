using System.Collections.Frozen;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads a state machine: JSON text in; a machine that can run, or all that is wrong with it, out.</summary>
public static class DefinitionParser
{
    /// <summary>The longest TimeoutSeconds, HeartbeatSeconds, Seconds of the language.</summary>
    public const long MaxSeconds = 99_999_999;

    /// <summary>Jackson shows so many characters of a faulty text.</summary>
    private const int MaxQuotedSource = 500;

    /// <summary>A UTF-16 unit takes at most so many bytes of UTF-8.</summary>
    private const int MaxBytesPerCharacter = 3;

    private static readonly FrozenSet<string> Fields = FrozenSet.ToFrozenSet(
        ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"], StringComparer.Ordinal);

    /// <summary>Reads, validates and compiles a definition. Never throws for what the text holds.</summary>
    /// <param name="utf8">The definition's text.</param>
    public static DefinitionResult Parse(ReadOnlySpan<byte> utf8)
    {
        if (!JsonParser.TryParse(utf8, JsonParserOptions.Definition, out var json, out var error))
            return DefinitionResult.Refused([NotJson(utf8, error)]);
        if (json is not JsonObject source)
        {
            var notAnObject = new Diagnostic(
                DiagnosticSeverity.Error, DiagnosticCodes.InvalidJson, "Definition must be a valid JSON object", Location: null, 1, 1);
            return DefinitionResult.Refused([notAnObject]);
        }

        var diagnostics = new DiagnosticBag();
        var machine = Read(new ObjectReader(source, Location.Root, diagnostics));
        return machine is not null && !diagnostics.HasErrors
            ? DefinitionResult.Valid(machine, diagnostics.Locate(utf8))
            : DefinitionResult.Refused(diagnostics.Locate(utf8));
    }

    private static StateMachineDefinition? Read(ObjectReader machine)
    {
        machine.Require("States", "StartAt");
        machine.RefuseUnknown(Fields);
        var comment = machine.Text("Comment");
        machine.OneOf("Version", "1.0");
        var timeout = machine.Integer("TimeoutSeconds", 1, MaxSeconds);
        if (QueryLanguageFields.RefuseMachine(machine))
            return null;
        return ScopeReader.Read(machine, ScopeNesting.OfMachine()) is { } root ? new StateMachineDefinition(root, timeout, comment) : null;
    }

    private static Diagnostic NotJson(ReadOnlySpan<byte> utf8, JsonParseError error)
    {
        var length = Encoding.UTF8.GetCharCount(utf8);
        var quoted = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxQuotedSource * MaxBytesPerCharacter)]);
        if (quoted.Length > MaxQuotedSource)
            quoted = quoted[..(char.IsHighSurrogate(quoted[MaxQuotedSource - 1]) ? MaxQuotedSource - 1 : MaxQuotedSource)];
        var more = length > quoted.Length ? $"[truncated {length - quoted.Length} chars]" : "";
        return new Diagnostic(
            DiagnosticSeverity.Error,
            DiagnosticCodes.InvalidJson,
            $"{error.Message}\n at [Source: (String)\"{quoted}\"{more}; line: {error.Line}, column: {error.Column}]",
            Location: null,
            error.Line,
            error.Column);
    }
}
