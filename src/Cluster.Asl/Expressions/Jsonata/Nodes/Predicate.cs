using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>
/// A predicate: an index from either end, several of them, or a condition for each item. Also the binding of an index behind
/// predicates, which only items with variables have.
/// </summary>
/// <param name="condition">What each item is asked, or null.</param>
/// <param name="index">The index where it is written as a number, else null.</param>
/// <param name="slot">The slot that takes the item's index, or -1 for a predicate.</param>
internal sealed class Predicate(Node? condition, int? index, int slot)
{
    /// <summary>Selects from a value: from the elements of an array, or from the value as the only one.</summary>
    /// <returns>A sequence; or the array that lies at the index.</returns>
    public JsonValue? Filter(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var mark = evaluation.Stack.Mark;
        var items = input is JsonArray array ? Sequences.Items(array) : new ReadOnlySpan<JsonValue?>(in input);
        if (Select(evaluation, frame, items) is { } whole)
            return whole;

        // Undefined selected from undefined is that again.
        if (evaluation.Stack.Mark != mark + 1 || evaluation.Stack[mark] is not null)
            return Sequences.TakeSequence(evaluation, mark);
        evaluation.Stack.Release(mark);
        return null;
    }

    /// <summary>Pushes the selected items.</summary>
    /// <returns>The array that lies at the index, for which nothing is pushed; else null.</returns>
    public JsonArray? Select(Evaluation evaluation, Frame frame, ReadOnlySpan<JsonValue?> items)
    {
        if (index is { } at)
        {
            if (at < 0)
                at += items.Length;
            if ((uint)at >= (uint)items.Length || items[at] is not { } item)
                return null;
            if (item is JsonArray array)
                return array;
            evaluation.Stack.Push(item);
            return null;
        }

        evaluation.Step(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (Holds(evaluation, frame, items[i], i, items.Length))
                evaluation.Stack.Push(items[i]);
        }

        return null;
    }

    /// <summary>The same for items that carry variables.</summary>
    public List<Frame> Filter(Evaluation evaluation, List<Frame> tuples)
    {
        evaluation.Step(tuples.Count);
        if (slot >= 0)
        {
            for (var i = 0; i < tuples.Count; i++)
                tuples[i].Bind(slot, JsonNumber.Of(i));
            return tuples;
        }

        var selected = new List<Frame>();
        if (index is { } at)
        {
            if (at < 0)
                at += tuples.Count;
            if ((uint)at < (uint)tuples.Count)
                selected.Add(tuples[at]);
            return selected;
        }

        for (var i = 0; i < tuples.Count; i++)
        {
            if (Holds(evaluation, tuples[i], tuples[i].Item, i, tuples.Count))
                selected.Add(tuples[i]);
        }

        return selected;
    }

    private bool Holds(Evaluation evaluation, Frame frame, JsonValue? item, int at, int count) =>
        Picks(evaluation, condition!.Evaluate(evaluation, frame, item), at, count);

    /// <summary>Whether a result selects the item at a place: a number or numbers name the place, anything else is a truth.</summary>
    private static bool Picks(Evaluation evaluation, JsonValue? result, int at, int count)
    {
        switch (result)
        {
            case JsonBoolean boolean:
                return boolean.Value;
            case JsonNumber number:
                return IsAt(number, at, count);
            case JsonArray { Count: > 0 } array when AreNumbers(array):
                evaluation.Step(array.Count / Operations.LooksPerStep);
                foreach (var number in array.Items)
                {
                    if (IsAt((JsonNumber)number, at, count))
                        return true;
                }

                return false;
            default:
                return Operations.IsTrue(evaluation, result);
        }
    }

    private static bool AreNumbers(JsonArray array)
    {
        foreach (var item in array.Items)
        {
            if (item is not JsonNumber)
                return false;
        }

        return true;
    }

    private static bool IsAt(JsonNumber number, int at, int count)
    {
        var index = Math.Floor(Operations.Number(number));
        return (index < 0 ? index + count : index) == at;
    }
}
