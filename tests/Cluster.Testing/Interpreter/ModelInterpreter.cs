using System.Text.Json.Nodes;

namespace Cluster.Testing.Interpreter;

/// <summary>How a call ended, as the history has it.</summary>
/// <param name="Output">Its result; null when it failed.</param>
/// <param name="Error">Its error.</param>
/// <param name="Cause">Its cause.</param>
/// <param name="IsHeartbeat">Whether it was silent too long.</param>
public sealed record CallEnd(string? Output, string? Error, string? Cause, bool IsHeartbeat);

/// <summary>
/// A slow and simple interpreter for machines that are tame, without events, times and order: it computes from recorded ends of calls in which
/// ways a machine can have ended. Where branches race to fail, each of their failures is a way.
/// </summary>
/// <param name="definition">The machine.</param>
/// <param name="ends">The ends of calls by scope, visit and attempt; a call that is not there never ended.</param>
/// <param name="input">The execution's input.</param>
public sealed class ModelInterpreter(JsonNode definition, IReadOnlyDictionary<(string Scope, long Visit, int Attempt), CallEnd> ends, JsonNode? input)
{
    private const int MostSteps = 5_000;
    private const int MostWays = 64;

    private int _steps;

    /// <summary>The ways in which the machine can have ended; null when they are too many to be followed.</summary>
    public IReadOnlyList<ModelEnd>? Run()
    {
        try
        {
            return Scope(definition, "", input);
        }
        catch (TooManyException)
        {
            return null;
        }
    }

    private IReadOnlyList<ModelEnd> Scope(JsonNode scope, string path, JsonNode? data) =>
        From(scope, scope["StartAt"]!.GetValue<string>(), path, visit: 1, data);

    private IReadOnlyList<ModelEnd> From(JsonNode scope, string name, string path, long visit, JsonNode? data)
    {
        var state = scope["States"]![name]!;
        return Ways(Attempt(state, name, path, visit, attempt: 0, new int[8], data).Select(end => end switch
        {
            { Next: { } next } => From(scope, next, path, visit + 1, end.Output),
            _ => [end],
        }));
    }

    /// <summary>The ways in which one attempt of a state and all that follow it in this visit can end.</summary>
    private IReadOnlyList<ModelEnd> Attempt(JsonNode state, string name, string path, long visit, int attempt, int[] retries, JsonNode? data)
    {
        if (++_steps > MostSteps)
            throw new TooManyException();
        return Ways(Work(state, name, path, visit, attempt, data).Select(end =>
        {
            if (end.Kind == ModelEndKind.Succeeded)
                return [Left(state, end)];
            if (end.Kind != ModelEndKind.Failed || end.IsFinal)
                return [end];
            return Failed(state, name, path, visit, attempt, retries, data, end);
        }));
    }

    private IReadOnlyList<ModelEnd> Failed(JsonNode state, string name, string path, long visit, int attempt, int[] retries, JsonNode? data, ModelEnd end)
    {
        var index = 0;
        foreach (var retrier in (state["Retry"] as JsonArray) ?? [])
        {
            if (end.IsTakenBy(retrier!))
            {
                if (retries[index] >= (retrier!["MaxAttempts"]?.GetValue<int>() ?? 3))
                    break;
                var counted = (int[])retries.Clone();
                counted[index]++;
                return Attempt(state, name, path, visit, attempt + 1, counted, data);
            }

            index++;
        }

        foreach (var catcher in (state["Catch"] as JsonArray) ?? [])
        {
            if (!end.IsTakenBy(catcher!))
                continue;
            var output = new JsonObject { ["Error"] = end.Error, ["Cause"] = end.IsTimeout ? "" : end.Cause };
            var placed = ModelFlow.Place(catcher!, data, output);
            return [placed is { Kind: ModelEndKind.Succeeded } ? placed with { Next = catcher!["Next"]!.GetValue<string>(), IsVague = end.IsVague } : placed];
        }

        return [end];
    }

    private static ModelEnd Left(JsonNode state, ModelEnd end) =>
        end.Next is null && state["Next"] is { } next ? end with { Next = next.GetValue<string>() } : end;

    /// <summary>The work of one attempt.</summary>
    private IReadOnlyList<ModelEnd> Work(JsonNode state, string name, string path, long visit, int attempt, JsonNode? data)
    {
        var model = new ModelFlow(data, input, name);
        switch (state["Type"]!.GetValue<string>())
        {
            case "Pass":
                var parameters = model.Fill(state["Parameters"], data);
                return [parameters.Kind != ModelEndKind.Succeeded ? parameters : ModelFlow.Place(state, data, state["Result"]?.DeepClone() ?? parameters.Output)];
            case "Wait":
                return [model.Wait(state)];
            case "Succeed":
                return [ModelEnd.Success(data)];
            case "Fail":
                return [model.Fail(state)];
            case "Choice":
                return [model.Choose(state)];
            case "Task":
                var filled = model.Fill(state["Parameters"], data);
                return filled.Kind != ModelEndKind.Succeeded ? [filled] : [Call(state, model, path, visit, attempt)];
            case "Parallel":
                var given = model.Fill(state["Parameters"], data);
                if (given.Kind != ModelEndKind.Succeeded)
                    return [given];
                return Join(state, model, [.. ((JsonArray)state["Branches"]!).Select((branch, i) => Scope(branch!, $"{path}/{visit}.{attempt}.{i}", given.Output))]);
            default:
                return Map(state, model, path, visit, attempt);
        }
    }

    private ModelEnd Call(JsonNode state, ModelFlow model, string path, long visit, int attempt)
    {
        if (!ends.TryGetValue((path, visit, attempt), out var end))
            return ModelEnd.Open;
        return end.Output is null
            ? ModelEnd.Failure(end.Error, end.Cause) with { IsTimeout = end.Error == "States.Timeout", IsHeartbeat = end.IsHeartbeat }
            : Result(state, model, JsonNode.Parse(end.Output));
    }

    private IReadOnlyList<ModelEnd> Map(JsonNode state, ModelFlow model, string path, long visit, int attempt)
    {
        if (!model.TryRead(state["ItemsPath"]?.GetValue<string>() ?? "$", out var found) || found is not JsonArray items)
            return [ModelEnd.Runtime];
        var processor = state["ItemProcessor"] ?? state["Iterator"]!;
        var iterations = new List<IReadOnlyList<ModelEnd>>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = model.Of(i, items[i]).Fill(state["ItemSelector"] ?? state["Parameters"], items[i]);
            iterations.Add(item.Kind == ModelEndKind.Succeeded ? Scope(processor, $"{path}/{visit}.{attempt}.{i}", item.Output) : [item]);
        }

        return Join(state, model, iterations);
    }

    /// <summary>The failure of any branch, or the outputs of all.</summary>
    private IReadOnlyList<ModelEnd> Join(JsonNode state, ModelFlow model, List<IReadOnlyList<ModelEnd>> branches)
    {
        var ways = branches.SelectMany(branch => branch.Where(end => end.Kind == ModelEndKind.Failed))
            .Select(end => end.Error == "States.Runtime" ? end : end with { IsFinal = false }).ToList();
        IReadOnlyList<(JsonArray Outputs, bool IsVague)> joined = [(new JsonArray(), false)];
        foreach (var branch in branches)
        {
            joined = [.. joined.SelectMany(outputs => branch.Where(end => end.Kind == ModelEndKind.Succeeded)
                .Select(end => (With(outputs.Outputs, end.Output), outputs.IsVague || end.IsVague)))];
            if (joined.Count > MostWays)
                throw new TooManyException();
        }

        ways.AddRange(joined.Select(outputs => Result(state, model, outputs.Outputs) with { IsVague = outputs.IsVague }));
        return ways.Count == 0 ? [ModelEnd.Open] : Ways([ways]);
    }

    private static JsonArray With(JsonArray outputs, JsonNode? output)
    {
        var longer = (JsonArray)outputs.DeepClone();
        longer.Add(output?.DeepClone());
        return longer;
    }

    private static ModelEnd Result(JsonNode state, ModelFlow model, JsonNode? result)
    {
        var selected = model.Fill(state["ResultSelector"], result);
        return selected.Kind == ModelEndKind.Succeeded ? ModelFlow.Place(state, model.Data, selected.Output) : selected;
    }

    private static IReadOnlyList<ModelEnd> Ways(IEnumerable<IReadOnlyList<ModelEnd>> ways)
    {
        var all = ways.SelectMany(way => way).DistinctBy(end => end.ToString()).ToList();
        return all.Count <= MostWays ? all : throw new TooManyException();
    }

    private sealed class TooManyException : Exception;
}
