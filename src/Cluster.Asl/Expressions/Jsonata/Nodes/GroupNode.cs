using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A key with its value, for each item.</summary>
/// <param name="Name">The key where it is written as a string, else null.</param>
/// <param name="Key">The key as an expression.</param>
/// <param name="Value">The value, of all items that have the key.</param>
internal sealed record GroupPair(string? Name, Node Key, Node Value);

/// <summary>An object: of one item, or of many that are grouped by their keys.</summary>
internal sealed class GroupNode(int position, int level, ImmutableArray<GroupPair> pairs) : Node
{
    /// <summary>Up to so many keys are compared with each other; more are looked up.</summary>
    private const int MaxComparedKeys = 8;

    private readonly bool _hasDistinctNames =
        pairs.All(pair => pair.Name is not null) && pairs.Select(pair => pair.Name).Distinct(StringComparer.Ordinal).Count() == pairs.Length;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        return Build(evaluation, frame, input);
    }

    /// <summary>Groups the elements of an array, or makes an object of any other value.</summary>
    public JsonObject Build(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        if (input is JsonArray array)
            return Build(evaluation, frame, array.Items.AsSpan()!);
        return Build(evaluation, frame, new ReadOnlySpan<JsonValue?>(in input));
    }

    /// <summary>Groups items; of none it makes an object for undefined.</summary>
    public JsonObject Build(Evaluation evaluation, Frame frame, ReadOnlySpan<JsonValue?> items)
    {
        if (items.Length <= 1 && (_hasDistinctNames || pairs.Length <= MaxComparedKeys))
            return BuildOne(evaluation, frame, items.Length == 0 ? null : items[0]);
        var groups = new GroupTable<JsonValue?>(position);
        evaluation.Step(items.Length);
        for (var i = 0; i < Math.Max(items.Length, 1); i++)
        {
            var item = items.Length == 0 ? null : items[i];
            for (var pair = 0; pair < pairs.Length; pair++)
            {
                if (KeyOf(evaluation, frame, item, pair) is { } key)
                    groups.Add(key, pair, item);
            }
        }

        var members = new List<KeyValuePair<string, JsonValue>>(groups.All.Count);
        foreach (var group in groups.All)
        {
            var context = group.Items.Count == 1 ? group.Items[0] : Together(evaluation, group.Items);
            if (pairs[group.Pair].Value.Evaluate(evaluation, frame, context) is { } value)
                members.Add(KeyValuePair.Create(group.Key, value));
        }

        return Sequences.Object([.. members]);
    }

    /// <summary>Makes an object for undefined, where a path ended before its items carried variables.</summary>
    public JsonObject BuildNone(Evaluation evaluation, Frame frame, VariableScope scope) =>
        Build(evaluation, new Frame(scope.Size, frame, frame.Depth), []);

    /// <summary>Groups items that carry variables: the variables of a group are grouped as its items are.</summary>
    public JsonObject Build(Evaluation evaluation, Frame frame, List<Frame> tuples, VariableScope scope)
    {
        var groups = new GroupTable<Frame>(position);
        evaluation.Step(tuples.Count);
        foreach (var tuple in tuples)
        {
            for (var pair = 0; pair < pairs.Length; pair++)
            {
                if (KeyOf(evaluation, tuple, tuple.Item, pair) is { } key)
                    groups.Add(key, pair, tuple);
            }
        }

        var members = new List<KeyValuePair<string, JsonValue>>(groups.All.Count);
        foreach (var group in groups.All)
        {
            var together = group.Items.Count == 1 ? group.Items[0] : Together(evaluation, frame, group.Items, scope.Size);
            if (pairs[group.Pair].Value.Evaluate(evaluation, together, together.Item) is { } value)
                members.Add(KeyValuePair.Create(group.Key, value));
        }

        return Sequences.Object([.. members]);
    }

    private JsonObject BuildOne(Evaluation evaluation, Frame frame, JsonValue? item)
    {
        var members = new KeyValuePair<string, JsonValue>[pairs.Length];
        var keys = _hasDistinctNames ? null : KeysOf(evaluation, frame, item);
        var count = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var key = keys is null ? pairs[i].Name : keys[i];
            if (key is not null && pairs[i].Value.Evaluate(evaluation, frame, item) is { } value)
                members[count++] = KeyValuePair.Create(key, value);
        }

        if (count < members.Length)
            Array.Resize(ref members, count);
        return Sequences.Object(members);
    }

    /// <summary>The keys of a single item, which must all be different; null where there is none.</summary>
    private string?[] KeysOf(Evaluation evaluation, Frame frame, JsonValue? item)
    {
        var keys = new string?[pairs.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(evaluation, frame, item, i);
            if (keys[i] is { } key && Array.IndexOf(keys, key, 0, i) >= 0)
                throw JsonataErrors.OfText("D1009", key, position);
        }

        return keys;
    }

    private string? KeyOf(Evaluation evaluation, Frame frame, JsonValue? item, int pair)
    {
        if (pairs[pair].Name is { } name)
            return name;
        return pairs[pair].Key.Evaluate(evaluation, frame, item) switch
        {
            null => null,
            JsonString key => key.Value,
            var other => throw JsonataErrors.Of("T1003", position, value: other),
        };
    }

    private static JsonArray Together(Evaluation evaluation, List<JsonValue?> items)
    {
        var mark = evaluation.Stack.Mark;
        foreach (var item in items)
        {
            if (item is not null)
                Sequences.PushItems(evaluation, item);
        }

        return Sequences.TakeArray(evaluation, mark);
    }

    private static Frame Together(Evaluation evaluation, Frame frame, List<Frame> tuples, int size)
    {
        var together = new Frame(size, frame, frame.Depth) { Item = Together(evaluation, tuples.ConvertAll(tuple => tuple.Item)) };
        for (var i = 0; i < size; i++)
        {
            var values = new List<JsonValue?>();
            foreach (var tuple in tuples)
            {
                if (tuple.Slots[i] is { } value && !ReferenceEquals(value, Nothing.Instance))
                    values.Add(value);
            }

            if (values.Count > 0)
                together.Bind(i, values.Count == 1 ? values[0] : Together(evaluation, values));
        }

        return together;
    }
}

/// <summary>Items by key, in the order in which the keys came up.</summary>
internal sealed class GroupTable<T>(int position)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>A key, the pair that it came from, and its items.</summary>
    public sealed record Group(string Key, int Pair, List<T> Items);

    public List<Group> All { get; } = [];

    /// <exception cref="JsonataException">D1009: the key came from another pair before.</exception>
    public void Add(string key, int pair, T item)
    {
        if (_index.TryGetValue(key, out var at))
        {
            if (All[at].Pair != pair)
                throw JsonataErrors.OfText("D1009", key, position);
            All[at].Items.Add(item);
            return;
        }

        _index[key] = All.Count;
        All.Add(new Group(key, pair, [item]));
    }
}
