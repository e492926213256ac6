namespace Cluster.Asl.Validation;

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity : byte
{
    /// <summary>The definition is refused.</summary>
    Error,

    /// <summary>The definition is taken; something in it looks like a mistake.</summary>
    Warning,
}

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Code">The code, one of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">What is wrong, in AWS's words where they are known.</param>
/// <param name="Location">
/// Where it is, as AWS writes it (<c>/States/C/Choices[0]/Next</c>), or null where it concerns no place in particular.
/// </param>
/// <param name="Line">The line of that place in the text, from 1; 0 where there is none.</param>
/// <param name="Column">The column of that place, from 1, counted in UTF-16 code units; 0 where there is none.</param>
public sealed record Diagnostic(
    DiagnosticSeverity Severity, string Code, string Message, string? Location, int Line, int Column);

/// <summary>The codes of diagnostics. All but <see cref="NotSupportedYet"/> are AWS's.</summary>
public static class DiagnosticCodes
{
    /// <summary>The text is not JSON.</summary>
    public const string InvalidJson = "INVALID_JSON_DESCRIPTION";

    /// <summary>A field is missing, unknown, of the wrong type or out of range.</summary>
    public const string SchemaValidationFailed = "SCHEMA_VALIDATION_FAILED";

    /// <summary>No state of a scope ends it.</summary>
    public const string MissingEndState = "MISSING_END_STATE";

    /// <summary>A transition leads nowhere, or no transition leads to a state.</summary>
    public const string MissingTransitionTarget = "MISSING_TRANSITION_TARGET";

    /// <summary>A state's name is too long.</summary>
    public const string InvalidStateName = "INVALID_STATE_NAME";

    /// <summary>A state of the machine has this name already.</summary>
    public const string DuplicateStateName = "DUPLICATE_STATE_NAME";

    /// <summary>Choice rules, or the scopes of Parallel and Map, are nested deeper than the limit.</summary>
    public const string TooDeeplyNested = "TOO_DEEPLY_NESTED";

    /// <summary>A warning: no <c>.$</c> on a field of a template whose value looks like a path or a call.</summary>
    public const string NoDollar = "NO_DOLLAR";

    /// <summary>A warning: the value looks like a path, but the field's name does not end with Path.</summary>
    public const string NoPath = "NO_PATH";

    /// <summary>A warning: what looks like a path in the Result of a Pass is not evaluated.</summary>
    public const string PassResultIsStatic = "PASS_RESULT_IS_STATIC";

    /// <summary>Valid in AWS's language, but not built here yet; the message names what.</summary>
    public const string NotSupportedYet = "NOT_SUPPORTED_YET";
}
