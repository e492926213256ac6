using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>A regular expression literal as a value: a function that takes a string and gives its first match with a <c>next</c> function.</summary>
internal sealed class RegexFunction : JsonataFunction
{
    private readonly Pattern _pattern;
    private readonly int _position;

    private RegexFunction(Pattern pattern, int position) => (_pattern, _position) = (pattern, position);

    /// <inheritdoc/>
    public override int Arity => 1;

    /// <summary>Compiles a literal.</summary>
    /// <param name="pattern">What stands between the slashes.</param>
    /// <param name="flags">The letters behind the second slash, of i and m.</param>
    /// <param name="position">Where the literal ends in the expression, for errors.</param>
    /// <exception cref="JsonataException">The pattern is none.</exception>
    public static RegexFunction Compile(string pattern, string flags, int position) =>
        Pattern.TryParse(pattern, flags, out var fault) is { } read
            ? new RegexFunction(read, position)
            : throw new JsonataException(
                new JsonataError(Code: null, $"Invalid regular expression: /{pattern}/{flags}: {fault.Sentence()}", position, $"/{pattern}/{flags}"));

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments is not [JsonString text, ..])
            return null;
        var from = arguments is [_, JsonNumber index, ..] ? Math.Clamp(index.ToDouble(), 0, text.Value.Length + 1.0) : 0;
        return from <= text.Value.Length ? MatchObject(new RegexMatches(evaluation, this, text.Value, (int)from)) : null;
    }

    /// <summary>All matches in a text, one after the other.</summary>
    public RegexMatches MatchesIn(Evaluation evaluation, string text) => new(evaluation, this, text, from: 0);

    /// <summary>The next match as the object that functions see; undefined when there is none.</summary>
    private static JsonObject? MatchObject(RegexMatches matches) => matches.MoveNext() ? matches.Object : null;

    /// <summary>The matches of a regular expression in a text.</summary>
    internal sealed class RegexMatches(Evaluation evaluation, RegexFunction regex, string text, int from) : MatchWalk
    {
        private readonly PatternSearch _search = new(regex._pattern, text);
        private int _from = from;
        private bool _hasBegun;
        private long _counted;

        /// <inheritdoc/>
        public override int Start => _search.Start;

        /// <inheritdoc/>
        public override int End => _search.End;

        /// <inheritdoc/>
        public override int Length => End - Start;

        /// <inheritdoc/>
        public override JsonValue Match => new JsonString(text[Start..End]);

        /// <inheritdoc/>
        public override JsonValue Groups
        {
            get
            {
                var groups = new JsonValue[regex._pattern.Captures];
                for (var number = 1; number <= groups.Length; number++)
                    groups[number - 1] = _search.Group(number) is { } group ? new JsonString(group) : JsonValue.Null;
                return Sequences.Array(evaluation, groups);
            }
        }

        /// <inheritdoc/>
        public override JsonObject Object => Sequences.Object(
        [
            KeyValuePair.Create("match", Match),
            KeyValuePair.Create<string, JsonValue>("start", JsonNumber.Of(Start)),
            KeyValuePair.Create<string, JsonValue>("end", JsonNumber.Of(End)),
            KeyValuePair.Create("groups", Groups),
            KeyValuePair.Create<string, JsonValue>("next", new NextMatch(regex, text, End)),
        ]);

        /// <inheritdoc/>
        public override bool MoveNext()
        {
            if (_hasBegun && _from >= text.Length)
                return false;
            var found = _search.Find(_from);
            evaluation.Step(1 + ((_search.Steps - _counted) / PatternLimits.StepsPerEvaluationStep));
            _counted = _search.Steps;
            if (found is not { } isThere)
                throw JsonataErrors.Limit(JsonataLimits.StepsSentence, JsonataLimits.RunawayCode);
            if (!isThere)
                return false;

            // An empty match would be found again and again; the first may be one.
            if (_hasBegun && Start == End)
                throw JsonataErrors.OfText("D1004", regex._pattern.Source, regex._position);
            (_hasBegun, _from) = (true, End);
            return true;
        }

        /// <summary>Goes on behind a match that was found before.</summary>
        public RegexMatches Continued()
        {
            _hasBegun = true;
            return this;
        }
    }

    /// <summary>The function <c>next</c> of a match.</summary>
    private sealed class NextMatch(RegexFunction regex, string text, int from) : JsonataFunction
    {
        /// <inheritdoc/>
        public override int Arity => 0;

        /// <inheritdoc/>
        public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments) =>
            MatchObject(new RegexMatches(evaluation, regex, text, from).Continued());
    }
}
