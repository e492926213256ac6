using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One evaluation of an indefinite path, filters included, within a bound of work.</summary>
/// <param name="root">What <c>$</c> names in filters.</param>
internal sealed class PathWalk(JsonValue root)
{
    /// <summary>The number of values that one evaluation may look at, and so the most that it finds.</summary>
    public const int MaxVisits = 1_000_000;

    private int _left = MaxVisits;

    private Dictionary<FilterPattern, Regex?>? _automata;

    /// <summary>What <c>$</c> names in filters.</summary>
    public JsonValue Root { get; } = root;

    /// <summary>Whether the work was too much; what was found until then is worthless.</summary>
    public bool IsExhausted => _left < 0;

    /// <summary>
    /// The values that a path names, or null when the work was too much or the path's definite beginning meets a value of the wrong kind.
    /// A property that is missing there is no miss: AWS gives an empty array (A35).
    /// </summary>
    public JsonArray? Find(JsonValue document, JsonPath path, out PathMiss miss)
    {
        miss = default;
        var steps = path.Steps;
        var value = document;
        var at = 0;
        for (; steps[at] is FieldStep or ElementStep; at++)
        {
            var next = steps[at].Next(value);
            if (next is null && value is JsonObject && steps[at] is FieldStep)
                return JsonArray.Empty;
            var isOutside = value is JsonArray && steps[at] is ElementStep;
            if (next is null && !isOutside)
            {
                miss = new PathMiss(at, value);
                return null;
            }

            value = next ?? JsonValue.Null;
        }

        if (!Takes(steps[at], value))
        {
            miss = new PathMiss(at, value);
            return null;
        }

        var found = ImmutableArray.CreateBuilder<JsonValue>();
        Visit(value, steps.AsSpan()[at..], found);
        return IsExhausted ? null : found.Count == 0 ? JsonArray.Empty : new JsonArray(found.ToImmutable());
    }

    /// <summary>Takes work from the bound; false when none is left.</summary>
    public bool Spend(int visits = 1)
    {
        _left = visits > _left ? -1 : _left - visits;
        return !IsExhausted;
    }

    /// <summary>A pattern's automaton, which the evaluation pays for once, or null when that was too much.</summary>
    public Regex? Automaton(FilterPattern pattern)
    {
        _automata ??= [];
        if (!_automata.TryGetValue(pattern, out var automaton))
            _automata.Add(pattern, automaton = pattern.Compile(this));
        return automaton;
    }

    /// <summary>Whether the first indefinite step can be taken from a value; behind it values of the wrong kind are skipped.</summary>
    private static bool Takes(PathStep step, JsonValue from) => step switch
    {
        SliceStep or IndexesStep => from is JsonArray,
        FilterStep => from is JsonArray or JsonObject,
        FieldsStep => from is JsonObject,
        _ => true,
    };

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
            case FieldsStep tooMany when !Spend(tooMany.Names.Length):
                break;
            case FieldsStep fields when rest.Length > 0:
                foreach (var name in fields.Names)
                {
                    if (value is JsonObject o && o.TryGetValue(name, out var field))
                        Visit(field, rest, found);
                }

                break;
            case FieldStep or FieldsStep:
                if (steps[0].Next(value) is { } next)
                    Visit(next, rest, found);
                break;
            case ElementStep element:
                VisitElement(element, value, rest, found);
                break;
            case IndexesStep indexes:
                foreach (var index in indexes.Indexes)
                    VisitElement(index, value, rest, found);
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

    private void VisitElement(ElementStep step, JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (value is JsonArray array)
            Visit(step.Next(array) ?? JsonValue.Null, rest, found);
    }

    private void VisitSlice(SliceStep slice, JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        if (value is not JsonArray array)
            return;
        var (from, to) = slice.Range(array.Count);
        for (var i = Math.Max(from, -array.Count); i < to && !IsExhausted; i++)
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
        VisitDescendant(value, rest, found);
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

    /// <summary>
    /// Takes the rest from one array or object that <c>..</c> has come to. Jayway does not take a step for an array's elements by itself when
    /// another follows: that one is taken from each element. A filter judges the array or object as a whole first.
    /// </summary>
    private void VisitDescendant(JsonValue value, ReadOnlySpan<PathStep> rest, ImmutableArray<JsonValue>.Builder found)
    {
        var goesOn = rest.Length > 1;
        switch (rest[0])
        {
            case FieldsStep fields when !goesOn && (value is not JsonObject o || !Spend(fields.Names.Length) || !fields.IsWhole(o)):
                break;
            case ElementStep or IndexesStep or SliceStep when goesOn && value is JsonArray:
                VisitChildren(value, rest[1..], found);
                break;
            case FilterStep filter when !filter.Predicate.Holds(value, this):
                break;
            case FilterStep when value is JsonObject:
                Visit(value, rest[1..], found);
                break;
            case FilterStep when goesOn:
                VisitChildren(value, rest[1..], found);
                break;
            default:
                Visit(value, rest, found);
                break;
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
