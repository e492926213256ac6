using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>One evaluation of one expression: what it may still spend, its clock and its chance. Used by one thread.</summary>
internal sealed partial class Evaluation(JsonataScope scope)
{
    private ulong _draws;
    private long _stepsLeft = scope.Limits.MaxSteps;
    private long _itemsLeft = scope.Limits.MaxTotalItems;
    private long _charactersLeft = scope.Limits.MaxTotalCharacters;

    /// <summary>What this evaluation may spend.</summary>
    public JsonataLimits Limits { get; } = scope.Limits;

    /// <summary>What the caller gave.</summary>
    public JsonataScope Scope => scope;

    /// <summary>The values that functions are called with.</summary>
    public ValueStack Stack { get; } = new(scope.Limits.MaxItems);

    /// <summary>The time of the evaluation in Unix milliseconds: the same for every question in it.</summary>
    public long Now => scope.Now;

    /// <summary>How deep the evaluation of the calling part lies inside that of others; a called function goes on from here.</summary>
    public int Depth { get; set; }

    /// <summary>A seed that no other draw of this evaluation gives, but a repetition of the evaluation does.</summary>
    public ulong Draw() => Chance.Mix(scope.Seed + (++_draws * Chance.Step));

    /// <summary>Counts what was done: one for each item looked at, or call made.</summary>
    public void Step(long count = 1)
    {
        if ((_stepsLeft -= count) < 0)
            throw JsonataErrors.Limit(JsonataLimits.StepsSentence, JsonataLimits.RunawayCode);
    }

    /// <summary>Counts the reading of a text of so many UTF-16 units, by one who looks at each of them once.</summary>
    public void StepText(int length) => Step(length / JsonataLimits.CharactersPerStep);

    /// <summary>Before an array of so many elements is built: refuses it when it is too long or memory runs out.</summary>
    public void SpendItems(long count)
    {
        if (count > Limits.MaxItems || (_itemsLeft -= count) < 0)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
    }

    /// <summary>Refuses a row of items that is longer than an array may be.</summary>
    public void CheckItems(long count)
    {
        if (count > Limits.MaxItems)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
    }

    /// <summary>Before a string of so many UTF-16 units is built: refuses it when it is too long or memory runs out.</summary>
    public void SpendCharacters(long count)
    {
        if (count > Limits.MaxStringLength || (_charactersLeft -= count) < 0)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
    }

    /// <summary>Refuses a value that nests too deep, whatever built it.</summary>
    public static void CheckDepth(int depth)
    {
        if (depth > JsonataLimits.MaxValueDepth)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
    }

    /// <summary>Calls a function value with arguments as functions pass them to functions, without a context item.</summary>
    public JsonValue? Call(JsonataFunction function, JsonValue? first)
    {
        Step();
        return function.Apply(this, JsonValue.Null, new ReadOnlySpan<JsonValue?>(in first));
    }

    /// <summary>The same with several arguments.</summary>
    public JsonValue? Call(JsonataFunction function, ReadOnlySpan<JsonValue?> arguments)
    {
        Step();
        return function.Apply(this, JsonValue.Null, arguments);
    }
}
