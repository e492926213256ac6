using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// The matches of a pattern in a text, one after the other. A pattern is a regular expression, or any function that answers as one: with an
/// object that has <c>match</c>, <c>start</c>, <c>end</c>, <c>groups</c> and a function <c>next</c>.
/// </summary>
internal abstract class MatchWalk
{
    /// <summary>Where the match starts, in UTF-16 units.</summary>
    public abstract int Start { get; }

    /// <summary>Where it ends.</summary>
    public abstract int End { get; }

    /// <summary>What was matched; undefined when a function did not tell.</summary>
    public abstract JsonValue? Match { get; }

    /// <summary>The texts of its captures; undefined when a function did not tell.</summary>
    public abstract JsonValue? Groups { get; }

    /// <summary>The match as functions see it.</summary>
    public abstract JsonObject Object { get; }

    /// <summary>The length of what was matched.</summary>
    public virtual int Length => Match is JsonString match ? match.Value.Length : End - Start;

    /// <summary>Goes to the next match, or the first.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool MoveNext();

    /// <summary>The matches of a pattern.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="caller">The name of the function that asks, for errors.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    public static MatchWalk Of(Evaluation evaluation, string caller, JsonataFunction pattern, JsonString text) =>
        pattern is RegexFunction regex ? regex.MatchesIn(evaluation, text.Value) : new AnsweredMatches(evaluation, caller, pattern, text);

    /// <summary>The matches that a function tells of.</summary>
    private sealed class AnsweredMatches(Evaluation evaluation, string caller, JsonataFunction pattern, JsonString text) : MatchWalk
    {
        private JsonataFunction _next = pattern;
        private bool _hasBegun;
        private JsonObject _match = JsonObject.Empty;

        public override int Start => Index("start");

        public override int End => Index("end");

        public override JsonValue? Match => _match["match"];

        public override JsonValue? Groups => _match["groups"];

        public override JsonObject Object => _match;

        public override bool MoveNext()
        {
            var answer = _hasBegun ? evaluation.Call(_next, []) : evaluation.Call(_next, text);
            _hasBegun = true;
            if (answer is null)
                return false;
            if (answer is not JsonObject match || match["next"] is not JsonataFunction next)
                throw JsonataErrors.Of("T1010", token: caller);
            (_match, _next) = (match, next);
            return true;
        }

        private int Index(string name) =>
            _match[name] is JsonNumber number && number.ToDouble() is > 0 and var index ? (int)Math.Min(index, text.Value.Length) : 0;
    }
}
