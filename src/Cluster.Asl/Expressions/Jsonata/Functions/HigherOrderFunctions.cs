using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions that call a function for each item.</summary>
internal static class HigherOrderFunctions
{
    public static readonly BuiltInFunction[] All =
    [
        new("map", "<af>", Map),
        new("filter", "<af>", Filter),
        new("single", "<af?>", Single),
        new("reduce", "<afj?:j>", Reduce),
        new("each", "<o-f:a>", Each),
        new("sift", "<o-f?:o>", Sift),
        new("sort", "<af?:a>", Sort),
    ];

    /// <summary>The arguments of one call; no more are passed than the function has parameters, but one always.</summary>
    [InlineArray(3)]
    private struct Arguments
    {
        private JsonValue? _first;
    }

    private static JsonValue? Call(Evaluation evaluation, JsonataFunction function, JsonValue item, JsonValue? place, JsonValue whole)
    {
        Arguments arguments = default;
        arguments[0] = item;
        arguments[1] = place;
        arguments[2] = whole;
        return evaluation.Call(function, ((ReadOnlySpan<JsonValue?>)arguments)[..Math.Clamp(function.Arity, 1, 3)]);
    }

    private static JsonValue? CallAt(Evaluation evaluation, JsonataFunction function, JsonArray array, int index) =>
        function.Arity <= 1
            ? evaluation.Call(function, array[index])
            : Call(evaluation, function, array[index], JsonNumber.OfComputed(index), array);

    private static JsonArray? Map(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonArray array || a[1] is not JsonataFunction function)
            return null;
        var mark = evaluation.Stack.Mark;
        for (var i = 0; i < array.Count; i++)
        {
            if (CallAt(evaluation, function, array, i) is { } result)
                evaluation.Stack.Push(result);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }

    private static JsonArray? Filter(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonArray array || a[1] is not JsonataFunction function)
            return null;
        var mark = evaluation.Stack.Mark;
        for (var i = 0; i < array.Count; i++)
        {
            if (Operations.IsTrue(evaluation, CallAt(evaluation, function, array, i)))
                evaluation.Stack.Push(array[i]);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }

    private static JsonValue? Single(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonArray array)
            return null;
        JsonValue? found = null;
        for (var i = 0; i < array.Count; i++)
        {
            if (a[1] is JsonataFunction function && !Operations.IsTrue(evaluation, CallAt(evaluation, function, array, i)))
                continue;
            if (found is not null)
                throw JsonataErrors.Of("D3138", index: i);
            found = array[i];
        }

        return found ?? throw JsonataErrors.Of("D3139");
    }

    private static JsonValue? Reduce(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonArray array || a[1] is not JsonataFunction function)
            return null;
        const int LeastParameters = 2;
        const int MostParameters = 4;
        if (function.Arity < LeastParameters)
            throw JsonataErrors.Of("D3050", index: 1);
        var first = a[2] is null && array.Count > 0 ? 1 : 0;
        var result = first == 1 ? array[0] : a[2];
        var parameters = Math.Min(function.Arity, MostParameters);
        for (var i = first; i < array.Count; i++)
        {
            var mark = evaluation.Stack.Mark;
            evaluation.Stack.Push(result);
            evaluation.Stack.Push(array[i]);
            if (parameters > LeastParameters)
                evaluation.Stack.Push(JsonNumber.OfComputed(i));
            if (parameters == MostParameters)
                evaluation.Stack.Push(array);
            result = evaluation.Call(function, evaluation.Stack.Since(mark));
            evaluation.Stack.Release(mark);
        }

        return result;
    }

    private static JsonArray? Each(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonObject o || a[1] is not JsonataFunction function)
            return null;
        var mark = evaluation.Stack.Mark;
        foreach (var (name, value) in o.Properties)
        {
            if (Call(evaluation, function, value, new JsonString(name), o) is { } result)
                evaluation.Stack.Push(result);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }

    private static JsonObject? Sift(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonObject o || a[1] is not JsonataFunction function)
            return null;
        var members = new List<KeyValuePair<string, JsonValue>>();
        foreach (var property in o.Properties)
        {
            if (Operations.IsTrue(evaluation, Call(evaluation, function, property.Value, new JsonString(property.Key), o)))
                members.Add(property);
        }

        return members.Count == 0 ? null : Sequences.Object([.. members]);
    }

    private static JsonValue? Sort(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonArray { Count: > 1 } array)
            return a[0];
        var order = a[1] is JsonataFunction function
            ? MergeSort.Order(array.Count, (left, right) => IsAfter(evaluation, function, array[left], array[right]))
            : OrderOf(evaluation, array);
        var mark = evaluation.Stack.Mark;
        foreach (var place in order)
            evaluation.Stack.Push(array[place]);
        return Sequences.TakeArray(evaluation, mark);
    }

    private static bool IsAfter(Evaluation evaluation, JsonataFunction function, JsonValue left, JsonValue right)
    {
        Arguments arguments = default;
        arguments[0] = left;
        arguments[1] = right;

        // JavaScript's truth: any array or object is true.
        return evaluation.Call(function, ((ReadOnlySpan<JsonValue?>)arguments)[..2]) switch
        {
            JsonArray or JsonObject or JsonataFunction => true,
            var result => Operations.IsTrue(evaluation, result),
        };
    }

    private static int[] OrderOf(Evaluation evaluation, JsonArray array)
    {
        evaluation.Step(array.Count);
        if (array.Items.All(item => item is JsonNumber))
        {
            var numbers = array.Items.Select(item => ((JsonNumber)item).ToDouble()).ToArray();
            return MergeSort.Order(numbers.Length, (left, right) =>
            {
                evaluation.Step();
                return numbers[left] > numbers[right];
            });
        }

        if (!array.Items.All(item => item is JsonString))
            throw JsonataErrors.Of("D3070", index: 1);
        return MergeSort.Order(array.Count, (left, right) =>
        {
            evaluation.Step();
            return string.CompareOrdinal(((JsonString)array[left]).Value, ((JsonString)array[right]).Value) > 0;
        });
    }
}
