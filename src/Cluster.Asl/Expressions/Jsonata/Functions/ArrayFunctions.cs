using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of arrays that need no other function: aggregates, and those that make one array of others.</summary>
internal static class ArrayFunctions
{
    public static readonly BuiltInFunction[] All =
    [
        new("sum", "<a<n>:n>", (evaluation, a) => a[0] is JsonArray array ? JsonNumber.OfComputed(Sum(evaluation, array)) : null),
        new("count", "<a:n>", (_, a) => JsonNumber.Of(a[0] is JsonArray array ? array.Count : 0)),
        new("max", "<a<n>:n>", (evaluation, a) => Extreme(evaluation, a[0], Math.Max)),
        new("min", "<a<n>:n>", (evaluation, a) => Extreme(evaluation, a[0], Math.Min)),
        new("average", "<a<n>:n>", (evaluation, a) =>
            a[0] is JsonArray { Count: > 0 } array ? JsonNumber.OfComputed(Sum(evaluation, array) / array.Count) : null),
        new("append", "<xx:a>", (evaluation, a) => Sequences.Append(evaluation, a[0], a[1])),
        new("reverse", "<a:a>", (evaluation, a) => Reverse(evaluation, a[0])),
        new("zip", "<a+>", Zip),
        new("distinct", "<x:x>", (evaluation, a) => Distinct(evaluation, a[0])),
        new("shuffle", "<a:a>", (evaluation, a) => Shuffle(evaluation, a[0])),
    ];

    private static double Sum(Evaluation evaluation, JsonArray numbers)
    {
        evaluation.Step(numbers.Count);
        var sum = 0.0;
        foreach (var number in numbers.Items)
            sum += ((JsonNumber)number).ToDouble();
        return sum;
    }

    private static JsonNumber? Extreme(Evaluation evaluation, JsonValue? value, Func<double, double, double> choose)
    {
        if (value is not JsonArray { Count: > 0 } numbers)
            return null;
        evaluation.Step(numbers.Count);
        var extreme = ((JsonNumber)numbers[0]).ToDouble();
        foreach (var number in numbers.Items)
            extreme = choose(extreme, ((JsonNumber)number).ToDouble());
        return JsonNumber.OfComputed(extreme);
    }

    private static JsonValue? Reverse(Evaluation evaluation, JsonValue? value)
    {
        if (value is not JsonArray { Count: > 1 } array)
            return value;
        evaluation.Step(array.Count);
        var mark = evaluation.Stack.Mark;
        for (var i = array.Count - 1; i >= 0; i--)
            evaluation.Stack.Push(array[i]);
        return Sequences.TakeArray(evaluation, mark);
    }

    private static JsonArray Zip(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        var length = int.MaxValue;
        foreach (var argument in arguments)
            length = Math.Min(length, argument is JsonArray array ? array.Count : 0);
        var mark = evaluation.Stack.Mark;
        for (var i = 0; i < length; i++)
        {
            evaluation.Step(arguments.Length);
            var tuple = evaluation.Stack.Mark;
            foreach (var argument in arguments)
                evaluation.Stack.Push(((JsonArray)argument!)[i]);
            evaluation.Stack.Push(Sequences.TakeArray(evaluation, tuple));
        }

        return Sequences.TakeArray(evaluation, mark);
    }

    private static JsonValue? Distinct(Evaluation evaluation, JsonValue? value)
    {
        if (value is not JsonArray { Count: > 1 } array)
            return value;
        var seen = new HashSet<JsonValue>(array.Count, new ValueEquality(evaluation));
        var mark = evaluation.Stack.Mark;
        foreach (var item in array.Items)
        {
            evaluation.Step();
            if (seen.Add(item))
                evaluation.Stack.Push(item);
        }

        return Sequences.IsSequence(array) ? Sequences.TakeSequence(evaluation, mark) : Sequences.TakeArray(evaluation, mark);
    }

    private static JsonValue? Shuffle(Evaluation evaluation, JsonValue? value)
    {
        if (value is not JsonArray { Count: > 1 } array)
            return value;
        evaluation.Step(array.Count);
        JsonValue?[] items = [.. array.Items];
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = (int)(Chance.Unit(evaluation.Draw()) * (i + 1));
            (items[i], items[other]) = (items[other], items[i]);
        }

        return Sequences.Array(evaluation, items);
    }
}
