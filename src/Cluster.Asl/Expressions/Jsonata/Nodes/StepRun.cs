using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>
/// One step of a path over all its items. Results that are arrays are flattened; but where the last step of a path has a single result
/// and that is an array of the document, it is the result of the path as it is.
/// </summary>
internal ref struct StepRun
{
    private readonly Evaluation _evaluation;

    // The first result waits here until there is a second one.
    private JsonValue? _first;
    private int _count;

    private StepRun(Evaluation evaluation) => _evaluation = evaluation;

    /// <summary>Pushes the results.</summary>
    /// <returns>The array that is the result as it is, for which nothing is pushed; else null.</returns>
    public static JsonArray? Take(ItemStep step, Evaluation evaluation, Frame frame, ReadOnlySpan<JsonValue?> items, bool isLast)
    {
        if (step.Sort is { } sort)
        {
            var start = evaluation.Stack.Mark;
            sort.Sort(evaluation, frame, items);
            return Narrow(step, evaluation, frame, start);
        }

        var run = new StepRun(evaluation);
        evaluation.Step(items.Length);
        if (step.Field is { } field && step.Predicates.IsEmpty)
        {
            foreach (var item in items)
            {
                if (item is JsonObject o)
                    run.Add(field.Find(o));
                else if (item is JsonArray)
                    run.Add(field.Evaluate(evaluation, frame, item));
            }
        }
        else
        {
            foreach (var item in items)
            {
                var result = step.Node.Evaluate(evaluation, frame, item);
                if (step.Predicates.IsEmpty)
                    run.Add(result);
                else
                    run.AddNarrowed(step, frame, result);
            }
        }

        return run.Finish(isLast);
    }

    /// <summary>
    /// Evaluates items in brackets at the beginning of a path, once and for all items; the context in there is a row of them.
    /// </summary>
    public static JsonArray? TakeArray(ItemStep step, Evaluation evaluation, Frame frame, JsonValue? input)
    {
        if (input is not null and not JsonArray)
            input = Sequences.Sequence(evaluation, new ReadOnlySpan<JsonValue?>(in input));
        return step.Node.Evaluate(evaluation, frame, input) as JsonArray;
    }

    private void Add(JsonValue? result)
    {
        if (result is null)
            return;
        if (_count++ == 0)
        {
            _first = result;
            return;
        }

        Flush();
        Sequences.PushFlat(_evaluation, result);
    }

    private void Flush()
    {
        if (_first is null)
            return;
        Sequences.PushFlat(_evaluation, _first);
        _first = null;
    }

    /// <summary>Adds what the predicates leave of a result, in the end always a sequence or an array.</summary>
    private void AddNarrowed(ItemStep step, Frame frame, JsonValue? result)
    {
        var predicates = step.Predicates;
        for (var i = 0; i < predicates.Length - 1; i++)
            result = predicates[i].Filter(_evaluation, frame, result);
        Flush();
        var items = result is JsonArray array ? Sequences.Items(array) : new ReadOnlySpan<JsonValue?>(in result);
        if (predicates[^1].Select(_evaluation, frame, items) is { } whole)
            Add(whole);
        else
            _count++;
    }

    private readonly JsonArray? Finish(bool isLast)
    {
        if (_first is null)
            return null;
        if (isLast && _count == 1 && _first is JsonArray array && !Sequences.IsSequence(array))
            return array;
        Sequences.PushFlat(_evaluation, _first);
        return null;
    }

    /// <summary>Predicates behind an order see all items at once.</summary>
    private static JsonArray? Narrow(ItemStep step, Evaluation evaluation, Frame frame, int start)
    {
        if (step.Predicates.IsEmpty)
            return null;
        JsonValue? items = Sequences.TakeSequence(evaluation, start);
        foreach (var predicate in step.Predicates)
            items = predicate.Filter(evaluation, frame, items);
        return items as JsonArray;
    }
}
