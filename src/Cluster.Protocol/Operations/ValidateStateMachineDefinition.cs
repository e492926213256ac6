namespace Cluster.Protocol.Operations;

/// <summary>Judges a definition without keeping it.</summary>
/// <param name="Definition">The definition's text, at most 1,048,576 bytes.</param>
/// <param name="Type">STANDARD or EXPRESS.</param>
/// <param name="IncludeWarnings">Whether warnings are wanted beside the errors.</param>
/// <param name="MaxResults">The most diagnostics that are wanted, 1 to 100.</param>
public sealed record ValidateStateMachineDefinitionRequest(string Definition, string Type, bool IncludeWarnings, int MaxResults);

/// <summary>The judgement.</summary>
/// <param name="IsValid">Whether the definition would be taken: there is no error, shown or not.</param>
/// <param name="Diagnostics">What was found, errors first.</param>
/// <param name="IsTruncated">Whether there were more diagnostics than were wanted.</param>
public sealed record ValidateStateMachineDefinitionResponse(
    bool IsValid, IReadOnlyList<DefinitionDiagnostic> Diagnostics, bool IsTruncated);

/// <summary>One thing that was found in a definition.</summary>
/// <param name="Severity">ERROR or WARNING.</param>
/// <param name="Code">The code, for example <c>SCHEMA_VALIDATION_FAILED</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Location">Where, for example <c>/States/X/Next</c>; null where it concerns no place in particular.</param>
public sealed record DefinitionDiagnostic(string Severity, string Code, string Message, string? Location);
