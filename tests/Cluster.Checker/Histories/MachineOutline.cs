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
    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>How many iterations of a Map run at a time where it does not say.</summary>
    private const int MostLanes = 40;

    /// <summary>Fields that make what is called or iterated over another than the input.</summary>
    private static readonly string[] ShapingInput = ["InputPath", "Parameters", "Arguments", "ItemsPath", "Items", "ItemReader", "ItemBatcher"];

    /// <summary>Fields that make the output of a state another than its input.</summary>
    private static readonly string[] Shaping = ["InputPath", "OutputPath", "Parameters", "Arguments", "Result", "ResultPath", "Output"];

    public StateOutline(string name, JsonElement state)
    {
        Name = name;
        Type = state.GetProperty("Type").GetString()!;
        Next = Text(state, "Next");
        Choices = [.. Items(state, "Choices").Select(rule => Text(rule, "Next")!), .. Text(state, "Default") is { } other ? new[] { other } : []];
        Retry = [.. Items(state, "Retry").Select(retrier => new RetrierOutline(retrier))];
        Catch = [.. Items(state, "Catch").Select(catcher => new CatcherOutline(Names(catcher), Text(catcher, "Next")!, PlaceOf(catcher)))];
        Branches = [.. Items(state, "Branches").Select(ScopeOutline.Of)];
        if (state.TryGetProperty("ItemProcessor", out var processor) || state.TryGetProperty("Iterator", out processor))
            Branches = [ScopeOutline.Of(processor)];
        Lanes = state.TryGetProperty("MaxConcurrency", out var lanes) && lanes.ValueKind == JsonValueKind.Number && lanes.GetInt64() is > 0 and < MostLanes and var few ? (int)few : MostLanes;
        HandsOn = Type is "Wait" or "Choice" or "Succeed" or "Pass" && !Shaping.Any(field => state.TryGetProperty(field, out _));
        ShapesInput = ShapingInput.Any(field => state.TryGetProperty(field, out _));
        Resource = Text(state, "Resource");
        Timeout = new SecondsOutline(state, "TimeoutSeconds");
        Heartbeat = new SecondsOutline(state, "HeartbeatSeconds");
        HasItemSelector = state.TryGetProperty("ItemSelector", out _) || state.TryGetProperty("Parameters", out _);
        HasFixedLanes = !state.TryGetProperty("MaxConcurrencyPath", out _) && (!state.TryGetProperty("MaxConcurrency", out lanes) || lanes.ValueKind == JsonValueKind.Number);
        Placed = !new[] { "ResultSelector", "OutputPath", "Output", "InputPath" }.Any(field => state.TryGetProperty(field, out _)) ? Member(state, "ResultPath") : null;
        SecondsMember = state.TryGetProperty("InputPath", out _) ? null : Member(state, "SecondsPath");
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

    /// <summary>Of a Wait: the member of the input that says how long, where the path names one.</summary>
    public string? SecondsMember { get; }

    /// <summary>The member of the output into which the result is placed, where that is all that is done with it.</summary>
    public string? Placed { get; }

    /// <summary>Whether its call, or what it iterates over, is made out of the input.</summary>
    public bool ShapesInput { get; }

    public string? Resource { get; }

    public SecondsOutline Timeout { get; }

    public SecondsOutline Heartbeat { get; }

    /// <summary>Whether the input of an iteration is made out of its item.</summary>
    public bool HasItemSelector { get; }

    /// <summary>Whether <see cref="Lanes"/> is what the definition says.</summary>
    public bool HasFixedLanes { get; }

    public bool HasHeartbeat { get; }

    /// <summary>Whether the error of a Fail stands in the definition.</summary>
    public bool HasFixedError { get; }

    public string? Error { get; }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string field) =>
        owner.TryGetProperty(field, out var items) ? items.EnumerateArray() : [];

    private static string? Text(JsonElement owner, string field) => owner.TryGetProperty(field, out var text) ? text.GetString() : null;

    /// <summary>The name in a path like $.name, or null for any other.</summary>
    private static string? Member(JsonElement owner, string field) =>
        owner.TryGetProperty(field, out var path) && path.ValueKind == JsonValueKind.String && path.GetString() is { Length: > 2 } text
            && text.StartsWith("$.", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(NameCharacters) < 0 ? text[2..] : null;

    private static string? PlaceOf(JsonElement catcher)
    {
        if (catcher.TryGetProperty("Output", out _))
            return null;
        return !catcher.TryGetProperty("ResultPath", out var path) || (path.ValueKind == JsonValueKind.String && path.GetString() == "$") ? "" : Member(catcher, "ResultPath");
    }

    internal static IReadOnlyList<string> Names(JsonElement handler) =>
        [.. handler.GetProperty("ErrorEquals").EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Whether the text has half of a surrogate pair, which this reader cannot tell.</summary>
    private static bool IsBroken(JsonElement text) => text.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A field of seconds: a number, a path or expression, or not there.</summary>
internal sealed class SecondsOutline(JsonElement state, string field)
{
    private readonly long? _number = state.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
    private readonly bool _isMade = state.TryGetProperty(field + "Path", out _) || (state.TryGetProperty(field, out var text) && text.ValueKind != JsonValueKind.Number);

    /// <summary>Whether a call cannot have this.</summary>
    public bool Differs(long? seconds) => _isMade ? seconds is null : seconds != _number;
}

/// <summary>A catcher.</summary>
/// <param name="Place">The member of the output that tells of the failure; empty for the whole output, null where that is not known.</param>
internal sealed record CatcherOutline(IReadOnlyList<string> Errors, string Next, string? Place);

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
