namespace Cluster.Checker.Histories;

/// <summary>How a state failed, as far as its history tells.</summary>
/// <param name="IsKnown">Whether the error is known; much can go wrong in a state of which no event of its own tells.</param>
/// <param name="Error">The error.</param>
/// <param name="MayBeHeartbeat">Whether it may be a missed heartbeat, which looks like a time-out.</param>
internal readonly record struct Mishap(bool IsKnown, string? Error, bool MayBeHeartbeat)
{
    public static readonly Mishap Unknown = new(IsKnown: false, Error: null, MayBeHeartbeat: false);

    public static Mishap Of(string? error, bool mayBeHeartbeat = false) => new(IsKnown: true, error, mayBeHeartbeat);

    /// <summary>Which of some handlers takes it first; -1 for none, null when that cannot be told.</summary>
    public int? TakenBy(IEnumerable<IReadOnlyList<string>> handlers)
    {
        var index = 0;
        var names = handlers.ToList();
        if (!IsKnown)
            return names.Count == 0 ? -1 : null;
        foreach (var errors in names)
        {
            if (errors.Any(Takes))
                return index;
            if (MayBeHeartbeat && errors.Contains("States.HeartbeatTimeout", StringComparer.Ordinal))
                return null;
            index++;
        }

        return -1;
    }

    private bool Takes(string name) => Error != "States.Runtime" && name switch
    {
        "States.ALL" => true,
        "States.TaskFailed" => Error is not null and not "States.Timeout",
        _ => name == Error,
    };
}
