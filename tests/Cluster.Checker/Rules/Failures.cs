using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>How a state failed, by the event that tells.</summary>
internal static class Failures
{
    private const uint Heartbeat = 3;
    private const uint Catcher = 4;

    /// <summary>Whether States.ALL takes it is a setting.</summary>
    private const string TooLarge = "States.DataLimitExceeded";

    public static Mishap Of(Event e) => e.WhatCase switch
    {
        What.TaskFailed when e.TaskFailed.Error == TooLarge => Mishap.Unknown,
        What.StateFailed when e.StateFailed.Error == TooLarge => Mishap.Unknown,
        What.TaskFailed => Mishap.Of(e.TaskFailed.HasError ? e.TaskFailed.Error : null),
        What.TaskTimedOut => Mishap.Of("States.Timeout", mayBeHeartbeat: e.TaskTimedOut.Heartbeat),
        What.StateFailed => Mishap.Of(e.StateFailed.HasError ? e.StateFailed.Error : null, e.StateFailed.Kind == Heartbeat),
        _ => Mishap.Unknown,
    };

    /// <summary>Whether it is a failure that a catcher had, which nobody takes.</summary>
    public static bool IsOfCatcher(Event e) => e.WhatCase == What.StateFailed && e.StateFailed.Kind == Catcher;
}
