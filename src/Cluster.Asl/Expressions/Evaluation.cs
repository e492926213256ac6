using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>What an expression of a JSONPath state may look at.</summary>
/// <param name="Input">The document that <c>$</c> names.</param>
/// <param name="Context">The context object that <c>$$</c> names.</param>
/// <param name="Seed">Chance for this evaluation; evaluations that must not give the same random numbers have different ones.</param>
public readonly record struct EvaluationScope(JsonValue Input, ContextObject Context, ulong Seed = 0);

/// <summary>
/// An expression that could not be evaluated: a workflow error, told as a value.
/// </summary>
/// <param name="Error">The error name, for example <c>States.Runtime</c>.</param>
/// <param name="Detail">
/// AWS's text behind the prefix "An error occurred while executing the state 'X' (entered at the event id #N). ",
/// which the interpreter adds.
/// </param>
public sealed record EvaluationFailure(string Error, string Detail)
{
    /// <summary>The error of an intrinsic function that cannot take its arguments.</summary>
    internal const string IntrinsicError = "States.IntrinsicFailure";

    private const string RuntimeError = "States.Runtime";

    /// <summary>How much of a document a failure quotes, in characters: as much as the longest cause shows (A81).</summary>
    private const int MaxQuoted = 32_768;

    /// <summary>A definite path in a field (<c>value.$</c>, <c>ErrorPath</c>) that leads nowhere.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">The field's name as it is written in the definition.</param>
    /// <param name="document">The document in which the path was looked for.</param>
    public static EvaluationFailure PathNotFound(JsonPath path, string field, JsonValue document) => new(
        RuntimeError,
        $"The JSONPath '{path.Text}' specified for the field '{field}' could not be found in the input '{Quoted(document)}'");

    /// <summary>An <c>InputPath</c> or <c>OutputPath</c> that leads nowhere.</summary>
    /// <param name="path">The path.</param>
    /// <param name="reason">What <see cref="JsonPath.TryRead"/> said.</param>
    public static EvaluationFailure InvalidPath(JsonPath path, string reason) =>
        new(RuntimeError, $"Invalid path '{path.Text}' : {reason}");

    /// <summary>A path that is an argument of an intrinsic function and leads nowhere.</summary>
    /// <param name="argument">The path, as AWS names it.</param>
    /// <param name="input">The state's input, also where the path reads the context object.</param>
    internal static EvaluationFailure ArgumentNotFound(string argument, JsonValue input) => new(
        RuntimeError, $"The JsonPath argument for the field '{argument}' could not be found in the input '{Quoted(input)}'");

    /// <summary>A path that its document does not take: AWS shows the reason alone.</summary>
    internal static EvaluationFailure Runtime(string reason) => new(RuntimeError, reason);

    /// <summary>A document's text as a failure quotes it.</summary>
    internal static string Quoted(JsonValue document) => JsonWriter.Beginning(document, MaxQuoted);

    /// <summary>Gives the failure of a value that nests deeper than payloads may, or null for any other value.</summary>
    internal static EvaluationFailure? OfDepth(JsonValue value) => OfDepth(value.Depth);

    /// <summary>The same for a value that is not made yet.</summary>
    internal static EvaluationFailure? OfDepth(int depth) => depth <= JsonParserOptions.DefaultMaxDepth
        ? null
        : new EvaluationFailure(
            RuntimeError, $"Document nesting depth ({depth}) exceeds the maximum allowed ({JsonParserOptions.DefaultMaxDepth})");
}
