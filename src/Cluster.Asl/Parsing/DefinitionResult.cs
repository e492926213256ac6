using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Definitions;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>What reading a definition gave: the compiled machine, or everything that is wrong with the text.</summary>
public sealed class DefinitionResult
{
    private DefinitionResult(StateMachineDefinition? definition, ImmutableArray<Diagnostic> diagnostics)
    {
        Definition = definition;
        Diagnostics = diagnostics;
    }

    /// <summary>The compiled machine, or null when the text was refused.</summary>
    public StateMachineDefinition? Definition { get; }

    /// <summary>
    /// What is wrong, in AWS's order, then what only looks like a mistake. There is an error exactly when there is no
    /// <see cref="Definition"/>.
    /// </summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether the text is a machine that can run.</summary>
    [MemberNotNullWhen(true, nameof(Definition))]
    public bool IsValid => Definition is not null;

    /// <summary>
    /// The message of AWS's InvalidDefinition error:
    /// <c>Invalid State Machine Definition: 'CODE: message at /place, CODE: …'</c>; what has no place is <c>at null</c>.
    /// </summary>
    public string InvalidDefinitionMessage
    {
        get
        {
            var told = Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error).Select(d => $"{d.Code}: {d.Message} at {d.Location ?? "null"}");
            return $"Invalid State Machine Definition: '{string.Join(", ", told)}'";
        }
    }

    internal static DefinitionResult Valid(StateMachineDefinition definition, ImmutableArray<Diagnostic> warnings) => new(definition, warnings);

    internal static DefinitionResult Refused(ImmutableArray<Diagnostic> diagnostics) => new(definition: null, diagnostics);
}
