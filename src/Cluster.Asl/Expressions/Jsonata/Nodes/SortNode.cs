using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>One term of an order.</summary>
internal sealed record SortTerm(Node Expression, bool Descending);

/// <summary>
/// An order-by clause. The first term is evaluated once for each item, the others where those before them do not decide.
/// </summary>
internal sealed class SortNode(int position, ImmutableArray<SortTerm> terms) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        throw new InvalidOperationException("An order is a step of a path.");

    /// <summary>Pushes the items in order.</summary>
    public void Sort(Evaluation evaluation, Frame frame, ReadOnlySpan<JsonValue?> items)
    {
        if (items.Length <= 1)
        {
            evaluation.Stack.Push(items);
            return;
        }

        // Terms push on the stack while the items lie there; a copy stays where it is.
        var copy = items.ToArray();
        foreach (var at in new Run(this, evaluation, copy.Length, i => (frame, copy[i])).Order())
            evaluation.Stack.Push(copy[at]);
    }

    /// <summary>Orders items that carry variables.</summary>
    public List<Frame> Sort(Evaluation evaluation, List<Frame> tuples)
    {
        if (tuples.Count <= 1)
            return tuples;
        var sorted = new List<Frame>(tuples.Count);
        foreach (var at in new Run(this, evaluation, tuples.Count, i => (tuples[i], tuples[i].Item)).Order())
            sorted.Add(tuples[at]);
        return sorted;
    }

    private sealed class Run(SortNode sort, Evaluation evaluation, int count, Func<int, (Frame Frame, JsonValue? Item)> at)
    {
        private readonly JsonValue?[] _first = new JsonValue?[count];

        public int[] Order()
        {
            for (var i = 0; i < count; i++)
                _first[i] = Key(0, i);
            return MergeSort.Order(count, (left, right) =>
            {
                evaluation.Step();
                return Compare(left, right) > 0;
            });
        }

        private JsonValue? Key(int term, int item)
        {
            var (frame, value) = at(item);
            return sort.Terms[term].Expression.Evaluate(evaluation, frame, value);
        }

        private int Compare(int left, int right)
        {
            for (var term = 0; term < sort.Terms.Length; term++)
            {
                var l = term == 0 ? _first[left] : Key(term, left);
                var r = term == 0 ? _first[right] : Key(term, right);
                var order = sort.Compare(l, r, sort.Terms[term].Descending);
                if (order != 0)
                    return order;
            }

            return 0;
        }
    }

    private ImmutableArray<SortTerm> Terms => terms;

    /// <summary>Undefined comes last, whatever the direction.</summary>
    private int Compare(JsonValue? left, JsonValue? right, bool descending)
    {
        if (left is null || right is null)
            return left is null ? right is null ? 0 : 1 : -1;
        if (left is not (JsonNumber or JsonString))
            throw JsonataErrors.Of("T2008", position, value: left);
        if (right is not (JsonNumber or JsonString))
            throw JsonataErrors.Of("T2008", position, value: right);
        var order = (left, right) switch
        {
            (JsonNumber l, JsonNumber r) => l.ToDouble().CompareTo(r.ToDouble()),
            (JsonString l, JsonString r) => string.CompareOrdinal(l.Value, r.Value),
            _ => throw JsonataErrors.Of("T2007", position, value: left, value2: right),
        };
        return descending ? -order : order;
    }
}
