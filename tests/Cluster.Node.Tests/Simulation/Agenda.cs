namespace Cluster.Node.Tests.Simulation;

/// <summary>All that is going to happen in a simulated world, by virtual time and, at one time, in the order in which it was planned.</summary>
internal sealed class Agenda
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long At, long Sequence)> _plans = new();
    private long _sequence;

    /// <summary>Virtual time since the beginning.</summary>
    internal TimeSpan Elapsed { get; private set; }

    internal DateTimeOffset Now => Beginning + Elapsed;

    internal long NowMs => Now.ToUnixTimeMilliseconds();

    internal void In(TimeSpan delay, Action what) =>
        _plans.Enqueue(what, ((Elapsed + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero)).Ticks, _sequence++));

    /// <summary>Lets what comes next happen; false when nothing is planned before a time, to which the clock is then set.</summary>
    internal bool Step(TimeSpan until)
    {
        if (!_plans.TryPeek(out _, out var next) || next.At > until.Ticks)
        {
            Elapsed = until > Elapsed ? until : Elapsed;
            return false;
        }

        var what = _plans.Dequeue();
        Elapsed = TimeSpan.FromTicks(next.At);
        what();
        return true;
    }
}
