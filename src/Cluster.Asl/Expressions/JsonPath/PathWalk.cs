using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One evaluation of an indefinite path, filters included, within a bound of work.</summary>
/// <param name="root">What <c>$</c> names in filters.</param>
internal sealed class PathWalk(JsonValue root)
{
    /// <summary>The number of values that one evaluation may look at.</summary>
    public const int MaxVisits = 1_000_000;

    private int _left = MaxVisits;

    /// <summary>What <c>$</c> names in filters.</summary>
    public JsonValue Root { get; } = root;

    /// <summary>Whether the work was too much; what was found until then is worthless.</summary>
    public bool IsExhausted => _left < 0;

    /// <summary>The values that a path names, or null when the work was too much.</summary>
    public JsonArray? Find(JsonValue document, JsonPath path)
    {
        var found = ImmutableArray.CreateBuilder<JsonValue>();
        Visit(document, path.Steps.AsSpan(), found);
        return IsExhausted ? null : found.Count == 0 ? JsonArray.Empty : new JsonArray(found.ToImmutable());
    }

    /// <summary>Takes work from the bound; false when none is left.</summary>
    public bool Spend(int visits = 1)
    {
        _left = visits > _left ? -1 : _left - visits;
        return !IsExhausted;
    }

    private void Visit(JsonValue value, ReadOnlySpan<PathStep> steps, ImmutableArray<JsonValue>.Builder found)
    {
        if (!Spend())
            return;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (steps.Length == 0)
        {
            found.Add(value);
            return;
        }

        var rest = steps[1..];
        switch (steps[0])
        {
            case FieldStep or IndexStep:
                VisitNext(steps[0], value, rest, found);
                break;
            case FieldsStep fields when rest.Length == 0:
                VisitNext(fields, value, rest, found);
                break;
            case FieldsStep fields:
                foreach (var name in fields.Names)
                {
                    if (value is JsonObject o && o.TryGetValue(name, out var field))
                        Visit(field, rest, found);
                }

                break;
            case IndexesStep indexes:
                foreach (var index in indexes.Indexes)
                    VisitNext(index, value, rest, found);
                break;
            case SliceStep slice:
                VisitSlice(slice, value, rest, found);
                break;
            case WildcardStep:
                VisitChildren(value, rest, found);
                break;
            case DescendantsStep:
                VisitDescendants(value, rest, found);
                break;
            case FilterStep filter:
                VisitFiltered(filter, value, rest, found);
                break;
            default:
                throw new InvalidOperationException($"No such step: {steps[0]}");
        }
    }

    private void VisitNext(PathStep step, JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (step.Next(value) is { } next)
            Visit(next, rest, found);
    }

    private void VisitSlice(SliceStep slice, JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (value is not JsonArray array)
            return;
        var (from, to) = slice.Range(array.Count);
        for (var i = from; i < to; i++)
            Visit(array[i < 0 ? array.Count + i : i], rest, found);
    }

    private void VisitChildren(JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (value is JsonArray array)
        {
            foreach (var item in array.Items)
                Visit(item, rest, found);
        }
        else if (value is JsonObject o)
        {
            foreach (var (_, field) in o.Properties)
                Visit(field, rest, found);
        }
    }

    /// <summary>Takes the rest from each array and object from here down, outer ones first.</summary>
    private void VisitDescendants(JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!Spend() || value.Depth == 0)
            return;

        // A filter behind '..' judges each array and object itself; their elements come in their own turn.
        if (rest[0] is not FilterStep filter)
            Visit(value, rest, found);
        else if (filter.Predicate.Holds(value, this))
            Visit(value, rest[1..], found);
        if (value is JsonArray array)
        {
            foreach (var item in array.Items)
                VisitDescendants(item, rest, found);
        }
        else if (value is JsonObject o)
        {
            foreach (var (_, field) in o.Properties)
                VisitDescendants(field, rest, found);
        }
    }

    private void VisitFiltered(FilterStep filter, JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (value is JsonArray array)
        {
            foreach (var item in array.Items)
            {
                if (filter.Predicate.Holds(item, this))
                    Visit(item, rest, found);
            }
        }
        else if (value is JsonObject && filter.Predicate.Holds(value, this))
        {
            Visit(value, rest, found);
        }
    }
}
