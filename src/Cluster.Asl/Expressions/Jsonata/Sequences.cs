using System.Runtime.InteropServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// Builds arrays inside an expression. A sequence is a row of results: an expression whose result is a sequence of one gives that one,
/// of none gives nothing. Functions give sequences as they are; the call of them makes one or none of it.
/// </summary>
internal static class Sequences
{
    /// <summary>An array of one value.</summary>
    public static JsonArray Array(Evaluation evaluation, JsonValue item) => Array(evaluation, new ReadOnlySpan<JsonValue?>(in item));

    /// <summary>An array that stays one whatever its length.</summary>
    public static JsonArray Array(Evaluation evaluation, ReadOnlySpan<JsonValue?> items) => Build(evaluation, items, ArrayTraits.Fresh);

    /// <summary>A sequence, which functions that select or map give.</summary>
    public static JsonArray Sequence(Evaluation evaluation, ReadOnlySpan<JsonValue?> items) =>
        Build(evaluation, items, ArrayTraits.Fresh | ArrayTraits.Sequence);

    /// <summary>Takes what was pushed on the stack since a mark as a sequence.</summary>
    public static JsonArray TakeSequence(Evaluation evaluation, int mark)
    {
        var sequence = Sequence(evaluation, evaluation.Stack.Since(mark));
        evaluation.Stack.Release(mark);
        return sequence;
    }

    /// <summary>Takes what was pushed on the stack since a mark as an array.</summary>
    public static JsonArray TakeArray(Evaluation evaluation, int mark)
    {
        var array = Array(evaluation, evaluation.Stack.Since(mark));
        evaluation.Stack.Release(mark);
        return array;
    }

    /// <summary>Takes what was pushed on the stack since a mark as the result of an expression: a value, an array, or nothing.</summary>
    public static JsonValue? TakeResult(Evaluation evaluation, int mark, bool keepSingleton)
    {
        var items = evaluation.Stack.Since(mark);
        JsonValue? result = items.Length switch
        {
            0 => null,
            1 when !keepSingleton => items[0],
            _ => Build(
                evaluation, items, ArrayTraits.Fresh | ArrayTraits.Sequence | (keepSingleton ? ArrayTraits.KeepSingleton : ArrayTraits.None)),
        };
        evaluation.Stack.Release(mark);
        return result;
    }

    /// <summary>What a sequence stands for; any other value is what it is.</summary>
    /// <param name="value">The result of some part of an expression.</param>
    /// <param name="keepArray">Whether empty brackets ask for an array even of one.</param>
    public static JsonValue? Settle(JsonValue? value, bool keepArray = false)
    {
        if (value is not JsonArray array || (array.Traits & ArrayTraits.Sequence) == ArrayTraits.None)
            return value;
        if (keepArray)
            array.Traits |= ArrayTraits.KeepSingleton;
        return array.Count switch
        {
            0 => null,
            1 when (array.Traits & ArrayTraits.KeepSingleton) == ArrayTraits.None => array[0],
            _ => array,
        };
    }

    /// <summary>The result of a path that is one array as it is; kept as an array, one written in brackets becomes the only item of it.</summary>
    public static JsonValue? SettleWhole(Evaluation evaluation, JsonArray whole, bool keepSingleton)
    {
        const ArrayTraits Kinds = ArrayTraits.Constructed | ArrayTraits.Sequence;
        if (!keepSingleton || (whole.Traits & Kinds) != ArrayTraits.Constructed)
            return Settle(whole, keepSingleton);
        JsonValue? item = whole;
        return Build(
            evaluation, new ReadOnlySpan<JsonValue?>(in item), ArrayTraits.Fresh | ArrayTraits.Sequence | ArrayTraits.KeepSingleton);
    }

    /// <summary>The elements of an array as a row of items, in which undefined might be.</summary>
    public static ReadOnlySpan<JsonValue?> Items(JsonArray array) => array.Items.AsSpan()!;

    public static bool IsSequence(JsonArray array) => (array.Traits & ArrayTraits.Sequence) != ArrayTraits.None;

    /// <summary>An array with traits, its length and depth checked. Undefined items, which predicates may select, become null.</summary>
    public static JsonArray Build(Evaluation evaluation, ReadOnlySpan<JsonValue?> items, ArrayTraits traits)
    {
        evaluation.SpendItems(items.Length);
        var copy = new JsonValue[items.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = items[i] ?? JsonValue.Null;
        var array = new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(copy)) { Traits = traits };
        Evaluation.CheckDepth(array.Depth);
        return array;
    }

    /// <summary>An object of properties with distinct names, its depth checked.</summary>
    public static JsonObject Object(KeyValuePair<string, JsonValue>[] properties)
    {
        var result = new JsonObject(ImmutableCollectionsMarshal.AsImmutableArray(properties)) { IsFresh = true };
        Evaluation.CheckDepth(result.Depth);
        return result;
    }

    /// <summary>Pushes a value, or each element of an array.</summary>
    public static void PushFlat(Evaluation evaluation, JsonValue value)
    {
        if (value is JsonArray array && (array.Traits & ArrayTraits.Constructed) == ArrayTraits.None)
            evaluation.Stack.Push(array.Items.AsSpan()!);
        else
            evaluation.Stack.Push(value);
    }

    /// <summary>What <c>$append</c> does, and grouping: both sides as arrays, one behind the other.</summary>
    public static JsonValue? Append(Evaluation evaluation, JsonValue? first, JsonValue? second)
    {
        if (first is null || second is null)
            return first ?? second;
        var mark = evaluation.Stack.Mark;
        PushItems(evaluation, first);
        PushItems(evaluation, second);
        return TakeArray(evaluation, mark);
    }

    /// <summary>Pushes the elements of an array however it was made, or the value itself.</summary>
    public static void PushItems(Evaluation evaluation, JsonValue value)
    {
        if (value is JsonArray array)
            evaluation.Stack.Push(array.Items.AsSpan()!);
        else
            evaluation.Stack.Push(value);
    }
}
