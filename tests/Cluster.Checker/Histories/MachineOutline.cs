using System.Text.Json;

namespace Cluster.Checker.Histories;

/// <summary>A set of states with one entry, as far as a history can be judged by it.</summary>
internal sealed class ScopeOutline
{
    private ScopeOutline(JsonElement scope)
    {
        StartAt = scope.GetProperty("StartAt").GetString()!;
        States = scope.GetProperty("States").EnumerateObject().ToDictionary(
            state => state.Name, state => new StateOutline(state.Name, state.Value), StringComparer.Ordinal);
        TimeoutSeconds = scope.TryGetProperty("TimeoutSeconds", out var timeout) && timeout.ValueKind == JsonValueKind.Number ? timeout.GetInt64() : null;
    }

    public string StartAt { get; }

    /// <summary>Of a machine: how long it may run.</summary>
    public long? TimeoutSeconds { get; }

    public IReadOnlyDictionary<string, StateOutline> States { get; }

    public static ScopeOutline OfMachine(string definition)
    {
        using var document = JsonDocument.Parse(definition, new JsonDocumentOptions { MaxDepth = 1000 });
        return Of(document.RootElement);
    }

    public static ScopeOutline Of(JsonElement scope) => new(scope);
}

/// <summary>A state, as far as a history can be judged by it.</summary>
internal sealed class StateOutline
{
    /// <summary>How many iterations of a Map run at a time where it does not say.</summary>
    private const int MostLanes = 40;

    /// <summary>Fields that make the output of a state another than its input.</summary>
    private static readonly string[] Shaping = ["InputPath", "OutputPath", "Parameters", "Arguments", "Result", "ResultPath", "Output"];

    public StateOutline(string name, JsonElement state)
    {
        Name = name;
        Type = state.GetProperty("Type").GetString()!;
        Next = Text(state, "Next");
        Choices = [.. Items(state, "Choices").Select(rule => Text(rule, "Next")!), .. Text(state, "Default") is { } other ? new[] { other } : []];
        Retry = [.. Items(state, "Retry").Select(retrier => new RetrierOutline(retrier))];
        Catch = [.. Items(state, "Catch").Select(catcher => new CatcherOutline(Names(catcher), Text(catcher, "Next")!))];
        Branches = [.. Items(state, "Branches").Select(ScopeOutline.Of)];
        if (state.TryGetProperty("ItemProcessor", out var processor) || state.TryGetProperty("Iterator", out processor))
            Branches = [ScopeOutline.Of(processor)];
        Lanes = state.TryGetProperty("MaxConcurrency", out var lanes) && lanes.ValueKind == JsonValueKind.Number && lanes.GetInt64() is > 0 and < MostLanes and var few ? (int)few : MostLanes;
        HandsOn = Type is "Wait" or "Choice" or "Succeed" or "Pass" && !Shaping.Any(field => state.TryGetProperty(field, out _));
        HasPlainResult = !new[] { "ResultSelector", "ResultPath", "OutputPath", "Output" }.Any(field => state.TryGetProperty(field, out _));
        Seconds = state.TryGetProperty("Seconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number ? seconds.GetInt64() : null;
        HasHeartbeat = state.TryGetProperty("HeartbeatSeconds", out _) || state.TryGetProperty("HeartbeatSecondsPath", out _);
        HasFixedError = !state.TryGetProperty("ErrorPath", out _) && !(state.TryGetProperty("Error", out var error) && IsBroken(error));
        Error = HasFixedError ? Text(state, "Error") : null;
    }

    public string Name { get; }

    public string Type { get; }

    /// <summary>Whether what it puts out, when it does not fail, is what it was given, as it is.</summary>
    public bool HandsOn { get; }

    public string? Next { get; }

    /// <summary>Where a Choice may lead.</summary>
    public IReadOnlyList<string> Choices { get; }

    public IReadOnlyList<RetrierOutline> Retry { get; }

    public IReadOnlyList<CatcherOutline> Catch { get; }

    /// <summary>The branches of a Parallel; of a Map, the one that each iteration runs.</summary>
    public IReadOnlyList<ScopeOutline> Branches { get; }

    /// <summary>The most iterations that may run at a time.</summary>
    public int Lanes { get; }

    /// <summary>Whether what it puts out is its result as it is.</summary>
    public bool HasPlainResult { get; }

    public long? Seconds { get; }

    public bool HasHeartbeat { get; }

    /// <summary>Whether the error of a Fail stands in the definition.</summary>
    public bool HasFixedError { get; }

    public string? Error { get; }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string field) =>
        owner.TryGetProperty(field, out var items) ? items.EnumerateArray() : [];

    private static string? Text(JsonElement owner, string field) => owner.TryGetProperty(field, out var text) ? text.GetString() : null;

    internal static IReadOnlyList<string> Names(JsonElement handler) =>
        [.. handler.GetProperty("ErrorEquals").EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Whether the text has half of a surrogate pair, which this reader cannot tell.</summary>
    private static bool IsBroken(JsonElement text) => text.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A catcher.</summary>
internal sealed record CatcherOutline(IReadOnlyList<string> Errors, string Next);

/// <summary>A retrier.</summary>
internal sealed class RetrierOutline(JsonElement retrier)
{
    /// <summary>A year and a day: longer than an execution lives.</summary>
    private const double LongestSeconds = 366.0 * 24 * 60 * 60;

    private readonly double _interval = retrier.TryGetProperty("IntervalSeconds", out var value) ? value.GetDouble() : 1;
    private readonly double _rate = retrier.TryGetProperty("BackoffRate", out var value) ? value.GetDouble() : 2;
    private readonly double _longest = retrier.TryGetProperty("MaxDelaySeconds", out var value) ? value.GetDouble() : double.MaxValue;
    private readonly bool _hasJitter = retrier.TryGetProperty("JitterStrategy", out var value) && value.GetString() == "FULL";

    public IReadOnlyList<string> Errors { get; } = StateOutline.Names(retrier);

    public long MaxAttempts { get; } = retrier.TryGetProperty("MaxAttempts", out var value) ? value.GetInt64() : 3;

    /// <summary>The shortest time before a retry, in milliseconds.</summary>
    public double Shortest(int retriesBefore) => _hasJitter ? 0 : Longest(retriesBefore);

    /// <summary>The longest time before a retry, in milliseconds.</summary>
    public double Longest(int retriesBefore) => Math.Min(Math.Min(_interval * Math.Pow(_rate, retriesBefore), _longest), LongestSeconds) * 1000;
}
