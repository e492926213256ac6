using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary>
/// <c>States.StringSplit(text, delimiters)</c>: what stands between characters of a set; nothing stands for nothing: there are no empty
/// parts (A107).
/// </summary>
internal sealed class StringSplitFunction() : IntrinsicFunction("States.StringSplit", least: 2, most: 2)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return Refuse(1, "a string", ref progress);
        if (arguments[1] is not JsonString { Value: var delimiters })
            return Refuse(2, "a string", ref progress);

        // Every character may be looked for among all delimiters.
        if (!progress.TrySpend(text.Length + ((long)text.Length * delimiters.Length / CharactersAtOnce)))
            return null;
        var parts = ImmutableArray.CreateBuilder<JsonValue>();
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var width = char.IsSurrogatePair(text, at) ? 2 : 1;
            if (IsAmong(delimiters, text.AsSpan(at, width)))
            {
                Add(parts, text[start..at]);
                start = at + width;
            }

            at += width;
        }

        Add(parts, text[start..]);
        return new JsonArray(parts.ToImmutable());
    }

    /// <summary>How many delimiters a look compares at least, since it compares vectors.</summary>
    private const int CharactersAtOnce = 16;

    private static bool IsAmong(string delimiters, ReadOnlySpan<char> character) =>
        character.Length == 1 ? delimiters.Contains(character[0], StringComparison.Ordinal) : delimiters.AsSpan().IndexOf(character) >= 0;

    private static void Add(ImmutableArray<JsonValue>.Builder parts, string part)
    {
        if (part.Length > 0)
            parts.Add(new JsonString(part));
    }
}
