using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One step of a path: from a value to those that it names below it.</summary>
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
    public ImmutableArray<string> Names { get; } = names;

    public override bool IsDefinite(bool isLast) => isLast;

    public override JsonValue? Next(JsonValue from)
    {
        if (from is not JsonObject o)
            return null;
        var picked = JsonObject.Empty;
        foreach (var name in Names)
        {
            if (o.TryGetValue(name, out var value))
                picked = picked.With(name, value);
        }

        return picked;
    }

    public override string ToString() => $"['{string.Join("','", Names)}']";
}

/// <summary><c>[n]</c>, or <c>[-n]</c> counted from the end.</summary>
internal sealed class IndexStep(int index) : PathStep
{
    public int Index { get; } = index;

    public override bool IsDefinite(bool isLast) => true;

    public override JsonValue? Next(JsonValue from)
    {
        if (from is not JsonArray array)
            return null;
        var at = Index < 0 ? array.Count + Index : Index;
        return at >= 0 && at < array.Count ? array[at] : null;
    }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{Index}]");
}

/// <summary><c>[n,m]</c>.</summary>
internal sealed class IndexesStep(ImmutableArray<IndexStep> indexes) : PathStep
{
    public ImmutableArray<IndexStep> Indexes { get; } = indexes;
}

/// <summary><c>[a:]</c>, <c>[:b]</c> or <c>[a:b]</c>.</summary>
internal sealed class SliceStep(int? from, int? to) : PathStep
{
    /// <summary>
    /// The half-open range of places for an array of a length. Jayway resolves negative bounds only where one stands
    /// alone; between two bounds each place on the way is counted by itself, so that <c>[0:-1]</c> is empty and
    /// <c>[-2:1]</c> goes around the end. Places outside are for the caller to skip.
    /// </summary>
    public (int From, int To) Range(int length)
    {
        if (to is null)
            return (Math.Max(0, from < 0 ? length + from.Value : from!.Value), length);
        if (from is null)
            return (0, Math.Min(length, to < 0 ? length + to.Value : to.Value));
        return (Math.Max(from.Value, -length), Math.Min(length, to.Value));
    }
}

/// <summary><c>.*</c> or <c>[*]</c>.</summary>
internal sealed class WildcardStep : PathStep;

/// <summary><c>..</c>: the next step is taken from the value and from each array and object below it.</summary>
internal sealed class DescendantsStep : PathStep;

/// <summary><c>[?(…)]</c>: the elements of an array, or the object itself, for which the predicate holds.</summary>
internal sealed class FilterStep(FilterPredicate predicate) : PathStep
{
    public FilterPredicate Predicate { get; } = predicate;
}
