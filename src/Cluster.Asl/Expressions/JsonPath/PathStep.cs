using System.Collections.Immutable;
using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One step of a path: from a value to those that it names below it. Its text is the one that Jayway writes in reasons.</summary>
internal abstract class PathStep
{
    /// <summary>Whether the step leads to at most one value.</summary>
    public virtual bool IsDefinite(bool isLast) => false;

    /// <summary>Where a definite step leads, or null when there is no such place.</summary>
    public virtual JsonValue? Next(JsonValue from) => throw new InvalidOperationException("Only a definite step has one end.");
}

/// <summary><c>.name</c> or <c>['name']</c>.</summary>
internal sealed class FieldStep(string name) : PathStep
{
    public string Name { get; } = name;

    public override bool IsDefinite(bool isLast) => true;

    public override JsonValue? Next(JsonValue from) => from is JsonObject o ? o[Name] : null;

    public override string ToString() => $"['{Name}']";
}

/// <summary><c>['a','b']</c>: at the end of a path one object of those fields that exist, before it each field in turn.</summary>
internal sealed class FieldsStep(ImmutableArray<string> names) : PathStep
{
    private readonly ImmutableArray<string> _distinct = [.. names.Distinct(StringComparer.Ordinal)];

    public ImmutableArray<string> Names { get; } = names;

    public override bool IsDefinite(bool isLast) => isLast;

    public override JsonValue? Next(JsonValue from)
    {
        if (from is not JsonObject o)
            return null;
        var picked = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        foreach (var name in _distinct)
        {
            if (o.TryGetValue(name, out var value))
                picked.Add(KeyValuePair.Create(name, value));
        }

        return new JsonObject(picked.ToImmutable());
    }

    /// <summary>Whether an object has each of the fields.</summary>
    public bool IsWhole(JsonObject from)
    {
        foreach (var name in Names)
        {
            if (!from.TryGetValue(name, out _))
                return false;
        }

        return true;
    }

    public override string ToString() => $"['{string.Join("', '", Names)}']";
}

/// <summary>One element of an array. Where the array has no such element, the place is there all the same, and empty.</summary>
internal abstract class ElementStep : PathStep
{
    /// <summary>The place in an array of so many elements, which may lie outside.</summary>
    public abstract long At(int count);

    public sealed override bool IsDefinite(bool isLast) => true;

    public sealed override JsonValue? Next(JsonValue from) =>
        from is JsonArray array && At(array.Count) is var at && at >= 0 && at < array.Count ? array[(int)at] : null;
}

/// <summary><c>[n]</c>; a negative number counts from the end.</summary>
internal sealed class IndexStep(int index) : ElementStep
{
    public int Index { get; } = index;

    public override long At(int count) => Index < 0 ? (long)count + Index : Index;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Index}]");
}

/// <summary><c>[(@.length-n)]</c>: counted from the end.</summary>
internal sealed class FromEndStep(int back) : ElementStep
{
    public override long At(int count) => (long)count - back;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[@.size()-{back}]");
}

/// <summary><c>[n,m]</c>.</summary>
internal sealed class IndexesStep(ImmutableArray<IndexStep> indexes) : PathStep
{
    public ImmutableArray<IndexStep> Indexes { get; } = indexes;

    public override string ToString() =>
        $"[{string.Join(',', Indexes.Select(index => index.Index.ToString(CultureInfo.InvariantCulture)))}]";
}

/// <summary><c>[a:]</c>, <c>[:b]</c> or <c>[a:b]</c>.</summary>
internal sealed class SliceStep(int? from, int? to) : PathStep
{
    /// <summary>
    /// The half-open range of places for an array of a length. Bounds are counted from the end only where one stands alone: between two
    /// bounds each place on the way is taken by itself, so that <c>[0:-1]</c> is empty, and <c>[-2:1]</c> takes the last two and the first.
    /// </summary>
    public (int From, int To) Range(int length)
    {
        if (to is null)
            return (Math.Max(0, from < 0 ? length + from.Value : from!.Value), length);
        if (from is null)
            return (0, Math.Min(length, to < 0 ? length + to.Value : to.Value));
        return (from.Value, length == 0 ? from.Value : Math.Min(length, to.Value));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{from}:{to}]");
}

/// <summary><c>.*</c> or <c>[*]</c>.</summary>
internal sealed class WildcardStep : PathStep
{
    public override string ToString() => "[*]";
}

/// <summary><c>..</c>: the next step is taken from the value and from each array and object below it.</summary>
internal sealed class DescendantsStep : PathStep
{
    public override string ToString() => "..";
}

/// <summary><c>[?(…)]</c>: the elements of an array, or the object itself, for which the predicate holds.</summary>
internal sealed class FilterStep(FilterPredicate predicate) : PathStep
{
    public FilterPredicate Predicate { get; } = predicate;

    public override string ToString() => "[?]";
}
