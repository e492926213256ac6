using Cluster.Checker.Dumps;
using static Cluster.Checker.Tests.BadRuns;

namespace Cluster.Checker.Tests;

/// <summary>One run that only nearly breaks a rule.</summary>
internal sealed record NearMiss(string What, Action<Scenario> Change, Func<Scenario>? Of = null);

/// <summary>What must pass.</summary>
internal static class NearMisses
{
    public static readonly IReadOnlyList<NearMiss> All =
    [
        new("as it is", _ => { }),
        new("an acknowledged start that exists", s => s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1))),
        new("an unknown start that exists", s => s.More.Add(Scenario.Call("StartExecution", "info", 0, 1))),
        new("an unknown start that does not", s => s.More.Add(Scenario.Call("StartExecution", "info", 0, 1, "other"))),
        new("a refused start that does not exist", s => s.More.Add(Scenario.Call("StartExecution", "fail", 0, 1, "other"))),
        new("a start refused first and acknowledged then", s => s.More.AddRange([Scenario.Call("StartExecution", "fail", 0, 1), Scenario.Call("StartExecution", "ok", 2, 3)])),
        new("a start of unknown outcome, refused when it is asked again", s => s.More.AddRange([Scenario.Call("StartExecution", "info", 0, 1), Scenario.Call("StartExecution", "fail", 2, 3) with { Error = "ExecutionAlreadyExists" }, new CompleteRecord("call")])),
        new("a redelivered start, acknowledged with the same date", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { Date = 0 }, Scenario.Call("StartExecution", "ok", 2, 3) with { Date = 0 }])),

        new("a call that is out when all is healed", s => { s.CutAfter(8); s.More.Add(new HealedRecord(1)); }),
        new("a call that is out by its function's own word", s => { s.CutAfter(8); s.More.AddRange([new HealedRecord(1), Effect(0, "called"), Effect(0, "answered"), Effect(1, "called"), new CompleteRecord("effect")]); }),
        new("a wait beyond the end", s => { s.CutAfter(12, wakeAt: 5000); s.More.Add(new HealedRecord(4999)); }),
        new("a wake time before its timer", s => s.CutAfter(12, wakeAt: 4999)),
        new("a wake time at its retry", s => s.CutAfter(6, wakeAt: 3000)),
        new("an open execution before all is healed", s => s.CutAfter(9)),
        new("all healed and ended", s => s.More.Add(new HealedRecord(1))),

        new("a child that was given up, and the next that was waited for", s => { s.PartOf("t", "z", "d"); s.PartOf("u"); }, () => Scenario.Parent()),
        new("a child that was given up before its call was answered for", s => s.Events.RemoveAt(6), () => Scenario.Parent()),
        new("an ended child whose parent has not heard of it", s => s.Row = s.Row! with { WakeAt = 0 }, () => Scenario.Child()),
        new("an ended child whose parent has heard of it", s => s.More.Add(new HealedRecord(90_000)), () => Scenario.Child()),
        new("a child that has ended just before all was healed", s => { s.Row = s.Row! with { WakeAt = 0 }; s.More.Add(new HealedRecord(36_000)); }, () => Scenario.Child()),
        new("a child that no client has started", s => { s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1, "o")); s.Again("y", "o"); s.More.Add(new CompleteRecord("call")); }, () => Scenario.Child()),

        new("a row of bookkeeping, with the empty range behind it", s => s.EachRow = row => row.Sequence == 2 ? row with { First = 5, Last = 5 } : row),
        new("a retry due a millisecond early", s => s.Events[5].RetryScheduled.Due = 2999),
        new("a retry that is late", s => { s.Events[5].RetryScheduled.Due = 3000; s[6].At = s[7].At = 3900; }),
        new("a retry with jitter, at once", s => { s.Definition = s.Definition.Replace("\"MaxAttempts\":1", "\"MaxAttempts\":1,\"JitterStrategy\":\"FULL\"", StringComparison.Ordinal); s.Events[5].RetryScheduled.Due = 1000; }),
        new("a retry no later than its longest delay", s => { s.Definition = s.Definition.Replace("\"IntervalSeconds\":2", "\"IntervalSeconds\":9,\"MaxDelaySeconds\":10,\"BackoffRate\":3", StringComparison.Ordinal); s.Events[5].RetryScheduled.Due = 10_000; s.Events[5].At = s[5].At = 1000; Later(s, 6, 7000); }),
        new("a wait that ends late", s => { foreach (var e in s.Events.SkipWhile(e => e.Id != 11)) e.At += 500; s.Row = s.Row! with { Stop = 6500 }; }),
        new("a task that waits for a worker", s => s.More.Add(Scenario.Pending()), () => Scenario.Activity()),
        new("a task that waits in a dump without such rows", s => s.More.Clear(), () => Scenario.Activity()),
        new("a task that waits for a worker without any time", s => { s.More.Add(Scenario.Pending()); s.Row = s.Row! with { WakeAt = null }; s.More.Add(new HealedRecord(9)); }, () => Scenario.Activity()),
        new("a task that waits for a worker until its time is over", s => { s.More.Add(Scenario.Pending()); s.Activity(timeout: 5, silence: 1); s.Row = s.Row! with { WakeAt = 8000 }; }, () => Scenario.Activity()),
        new("a worker that is heard of until its silence is too long", s => { s.Activity(timeout: 9, silence: 5); s.Row = s.Row! with { WakeAt = 8000 }; }, () => Scenario.Activity(given: true)),
        new("a task that was given to a worker", _ => { }, () => Scenario.Activity(given: true)),
        new("an accepted answer and a refused one", s => { s.More.Add(Answer(s)); s.More.Add(Answer(s) with { Accepted = false, Hash = "00" }); }),
        new("two tokens", s => { s.More.Add(Answer(s)); s.More.Add(new AnswerRecord("x", 3, "t3", true, null)); }),
        new("the answer that a function gave", s => s.More.AddRange([Effect(0, "called"), Effect(0, "answered"), Effect(1, "called"), Effect(1, "answered") with { Hash = Answer(s).Hash }, new CompleteRecord("effect")])),
        new("a call made again when its shard had changed hands", s => { s.EachRow = row => row with { Epoch = row.Sequence > 2 ? 2 : 1 }; s.More.AddRange([Lease(1, 0, 3500), Lease(2, 3500, 9000), Effect(1, "called", 3000), Effect(1, "called", 3900)]); }),
        new("a call sent by a process that was dead when it arrived", s => s.More.AddRange([Effect(0, "called"), Effect(0, "abandoned")])),

        new("another writer with another epoch", s => s.EachRow = row => row.Sequence >= 3 ? row with { Incarnation = 8, Epoch = 2 } : row),
        new("the same epoch in another shard by another writer", s => s.Again("y", "o", each: row => row with { Incarnation = 8, Shard = 4 })),
        new("a lower epoch in another shard", s => { s.EachRow = row => row with { Epoch = 2 }; s.Again("y", "o", each: row => row with { Shard = 4 }); }),
        new("epochs with gaps", s => s.EachRow = row => row with { Epoch = row.Sequence }),
        new("leases that touch", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, 20, 5)); }),
        new("leases of two shards that overlap", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(1, 0, 10, 0) with { Shard = 5 }); }),
        new("leases of which only the beginning is told", s => { s.More.Add(Lease(1, 0, null, 0)); s.More.Add(Lease(2, 0, null, 6)); }),
        new("a shard without leases", s => s.More.Add(Lease(9, 0, 10, 99) with { Shard = 5 })),
        new("a write just before it was superseded", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 11, 20, 5)); }),
        new("a grant that nothing was written under", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, 20, 6)); s.More.Add(new ShardRecord(3, 2, 7)); }),
        new("a shard that nobody holds", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, null, 6) with { Incarnation = 0 }); s.More.Add(new ShardRecord(3, 2, 0)); }),

        new("what the API tells", s => s.More.Add(s.ReadBack())),
        new("an API that leaves all payloads out", s => { var r = s.ReadBack(); ReadBackEvent[] all = [.. r.Forward.Select(e => e with { Hash = null })]; s.More.Add(r with { Forward = all, Reverse = [.. all.Reverse()] }); }),
        new("an earlier execution of the name, which the API does not tell of", s => { s.More.Add(s.ReadBack()); s.Again("w", "n", start: -20_000); }),
        new("a start that another client does not find", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "fail", 2, 3, client: 2)])),
        new("a start that is not found before it was acknowledged", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 3), Scenario.Call("DescribeExecution", "fail", 2, 4)])),
        new("a start whose description was refused for haste", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "fail", 2, 3) with { Error = "ThrottlingException" }])),
        new("a stop seen", s => s.More.AddRange([Scenario.Call("StopExecution", "ok", 0, 1), Describe("SUCCEEDED", 2)])),
        new("a stop that overlaps with a look", s => s.More.AddRange([Scenario.Call("StopExecution", "ok", 0, 3), Describe("RUNNING", 2)])),
        new("a list that lags", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), List(2001)])),
        new("a name given again when it has expired", s => { s.Again("y", "n", start: 9000); s.Named = "y"; }),
        new("each start acknowledged with its own date", s => { s.Again("y", "n", start: 9000); s.Named = "y"; s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { Date = 0 }, Scenario.Call("StartExecution", "ok", 2, 3) with { Date = 9000 }]); }),
        new("the same input twice", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "in" }, Scenario.Call("StartExecution", "ok", 2, 3) with { InputHash = "in" }])),
        new("another input that was refused", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "in" }, Scenario.Call("StartExecution", "fail", 2, 3) with { InputHash = "other" }])),
        new("a payload as large as may be", s => { s[8].Payload = Scenario.Text(new string('8', 262_144)); foreach (var e in s.Events.Where(e => e.Payload is { Reference: 8 })) e.Payload.Size = 262_144; s[19].Payload = s[20].Payload = null; }),
        new("times that stand still", s => { s[19].At = s[20].At = 5000; s.Row = s.Row! with { Stop = 5000 }; }),
        new("a machine that timed out just in time", s => { s.Definition = s.Definition.Replace("{\"StartAt\":\"T\"", "{\"TimeoutSeconds\":6,\"StartAt\":\"T\"", StringComparison.Ordinal); s[20].ExecutionTimedOut = new(); s[20].PreviousId = 0; s[20].Payload = null; s.Row = s.Row! with { Status = "TIMED_OUT" }; }),
        new("a history as long as may be that ends well", _ => { }, () => Scenario.Long(25_000, endsWell: true)),
        new("a history as long as may be that had to end", _ => { }, () => Scenario.Long(25_000, endsWell: false)),
        .. Scenario.GoldenNames.Select(name => new NearMiss("what the engine once wrote: " + name, _ => { }, () => Scenario.Golden(name))),
    ];

    private static void Later(Scenario scenario, int from, long by)
    {
        foreach (var e in scenario.Events.SkipWhile(e => e.Id != from))
            e.At += by;
        scenario.Wait().WaitStarted.Until += by;
        scenario.Row = scenario.Row! with { Stop = 6000 + by, NameExpires = 9000 + by };
    }
}
