using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Tests;

/// <summary>One way in which a run is wrong.</summary>
/// <param name="Invariant">The invariant that it breaks.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Spoil">Makes it so.</param>
/// <param name="Of">The good run that is spoiled; null for the usual one.</param>
internal sealed record Planted(string Invariant, string What, Action<Scenario> Spoil, Func<Scenario>? Of = null);

/// <summary>What is planted, by invariant: rows and histories.</summary>
internal static class BadHistories
{
    public static readonly IReadOnlyList<Planted> All =
    [
        new("I1", "an acknowledged start without a row", s => { s.Row = null; s.Events.Clear(); s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1)); }),
        new("I1", "an acknowledged start without events", s => { s.Events.Clear(); s.CutAfter(0); s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1)); }),
        new("I1", "a refused start that exists", s => s.More.Add(Scenario.Call("StartExecution", "fail", 0, 1))),
        new("I1", "a start acknowledged with another date: it was lost and made anew", s => s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1) with { Date = 17 })),
        new("I1", "events without a row", s => s.Row = null),
        new("I1", "a row without events that nobody asked about", s => { s.Events.Clear(); s.CutAfter(0); }),
        new("I1", "a start under another name than its row has", s => s.Events[0].ExecutionStarted.Name = "o"),
        new("I1", "a start with another input than its row has", s => s.Events[0].Payload = Scenario.Text("{}")),
        new("I1", "an execution that nobody started", s => { s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1, "o")); s.More.Add(new CompleteRecord("call")); }),
        new("I1", "a refusal for a name that nobody has", s => s.More.Add(Scenario.Call("StartExecution", "fail", 0, 1, "o") with { Error = "ExecutionAlreadyExists" })),
        new("I1", "a second start in one history", s => s.Insert(2, new() { At = 0, ExecutionStarted = new() { Name = "n" } })),

        new("I2", "two ends", s => s.Events.Add(new() { Id = 21, PreviousId = 20, At = 6000, ExecutionSucceeded = new() })),
        new("I2", "a row that says another status", s => s.Row = s.Row! with { Status = "FAILED" }),
        new("I2", "an end that no row is marked with", s => s.EachRow = row => row with { Terminal = false }),
        new("I2", "an end in another row than the marked one", s => s.EachRow = row => row with { Terminal = row.Sequence == 4 }),
        new("I2", "an execution that hangs once all is healed", s => { s.CutAfter(9); s.More.Add(new HealedRecord(1)); }),
        new("I2", "a call that was answered long ago and is still waited for", s => { s.CutAfter(8); s.More.AddRange([new HealedRecord(1), Effect(1, "called"), Effect(1, "answered"), new CompleteRecord("effect")]); }),
        new("I2", "a timer that has long been due", s => { s.CutAfter(12, wakeAt: 5000); s.More.Add(new HealedRecord(5000)); }),
        new("I2", "a stop date that is not that of the end", s => s.Row = s.Row! with { Stop = 5999 }),
        new("I2", "an ended execution that is to be woken", s => s.Row = s.Row! with { WakeAt = 0 }),
        new("I2", "an ended child whose parent never hears of it", s => { s.Row = s.Row! with { WakeAt = 0 }; s.More.Add(new HealedRecord(36_001)); }, () => Scenario.Child()),
        new("I2", "an ended child that is to be woken at a time", s => s.Row = s.Row! with { WakeAt = 6001 }, () => Scenario.Child()),
        new("I2", "an ended execution whose name never expires", s => s.Row = s.Row! with { NameExpires = null }),
        new("I2", "a running execution with a stop date", s => { s.CutAfter(9); s.Row = s.Row! with { Stop = 4000 }; }),

        new("I3", "a gap in the ids", s => s.Events.Remove(s[18])),
        new("I3", "an id twice", s => s[18].Id = 17),
        new("I3", "a row that is missing", s => s.EachRow = row => row.Sequence == 4 ? row with { Sequence = 6 } : row),
        new("I3", "a row twice", s => s.EachRow = row => row.Sequence == 4 ? row with { Sequence = 3 } : row),
        new("I3", "a row that says other ids", s => s.EachRow = row => row.Sequence == 2 ? row with { Last = row.Last + 1 } : row),
        new("I3", "a row that was committed before the one before it", s => s.EachRow = row => row.Sequence == 3 ? row with { Commit = 1 } : row),
        new("I3", "a row in another shard", s => s.EachRow = row => row.Sequence == 3 ? row with { Shard = 4 } : row),
        new("I3", "a row that cannot be read", s => s.EachRow = row => row.Sequence == 3 ? row with { Events = [0xff] } : row),
        new("I3", "an event that says nothing", s => s[9].ClearWhat()),
        new("I3", "a row that holds nothing", s => s.EachRow = row => row.Sequence == 3 ? row with { Events = [] } : row),

        new("I4", "bookkeeping after the end", s => s.Events.Add(new() { At = 6000, WaitStarted = new() { Until = 7000 } })),
        new("I4", "a state entered after the end", s => s.Events.Add(new() { Id = 21, PreviousId = 20, At = 6000, StateEntered = new() { Name = "T", Type = 1 } })),
        new("I4", "an answer taken after a stop", s => s.Insert(9, new() { At = 4000, ExecutionAborted = new() })),

        new("I5", "an event chained to itself", s => s[9].PreviousId = 9),
        new("I5", "an event chained to a sibling branch", s => s[16].PreviousId = 15),
        new("I5", "an event chained to nothing", s => s[9].PreviousId = 0),
        new("I5", "a stop that is chained", s => s.PreviousOfStop(1), () => Scenario.Golden("stopped")),
        new("I5-I8", "a chain that leaves an event out", s => s[9].PreviousId = 7),
        new("I5-I8", "a fork of a chain", s => s[17].PreviousId = 13),

        new("I6", "a state that is no successor", s => { s[9].StateExited.Next = "P"; s[10].StateEntered.Name = "P"; }),
        new("I6", "a state that the exit did not name", s => s[12].StateEntered.Name = "T"),
        new("I6", "a state of another branch", s => s[16].StateEntered.Name = "A"),
        new("I6", "a definition that is gone", s => s.Row = s.Row! with { DefinitionHash = new string('0', 64) }, () => new Scenario().WithoutDefinition()),
        new("I6", "a definition that was changed", s => s.More.Add(new DefinitionRecord(new string('0', 64), s.Definition))),
        new("I6", "a state given what nobody put out", s => s[10].Payload = Scenario.Text("9")),
        new("I6", "a wait that changes its data", s => s[11].Payload = Scenario.Text("9")),
        new("I6", "a call that puts out another answer", s => s[9].Payload = Scenario.Text("9")),
        new("I6", "a branch given other data than its state", s => s[16].Payload = Scenario.Text("9")),
        new("I6", "an output that its last state did not put out", s => s[20].Payload = Scenario.Text("[8]")),
        new("I6", "a success in the middle", s => { s.Events.RemoveRange(13, 8); s[20].Id = 12; s[12].PreviousId = 11; s[12].At = 6000; s[12].Payload = null; }),
        new("I6", "a failure that goes on as if it had none", s => s.Exit("Work").StateExited.Next = "Invoke", () => Scenario.Golden("caught")),

        new("I7", "a state left by another name", s => s[11].StateExited.Name = "T"),
        new("I7", "a branch that goes on in a Wait", s => s[11].Scope = "/3.0.0"),
        new("I7", "a state entered in another", s => s.Insert(9, new() { PreviousId = 8, At = 4000, StateEntered = new() { Name = "W", Type = 3 } })),
        new("I7", "a late event of an earlier attempt", s => s.LastInScope("/1.1.").Scope = "/1.0.0", () => Scenario.Golden("parallel-retried")),
        new("I7", "a call answered twice", s => s.Insert(9, new() { PreviousId = 8, At = 4000, TaskSucceeded = new() { Resource = "r" }, Payload = Scenario.Text("8") })),
        new("I7", "a call answered after it timed out", s => s.Insert(6, new() { PreviousId = 5, At = 1000, TaskSucceeded = new() { Resource = "r" }, Payload = Scenario.Text("8") })),
        new("I7", "a branch that is not there", s => s[16].Scope = s[17].Scope = "/3.0.2"),
        new("I7", "a branch of another visit", s => s[16].Scope = s[17].Scope = "/2.0.1"),
        new("I7", "a branch that goes on when all have ended", s => { s[18].Id = 16; s[17].Id = 18; s[16].Id = 17; s.Events.Sort((a, b) => a.Id.CompareTo(b.Id)); }),
        new("I7", "an iteration that was not started", s => s.LastInScope("/1.0.").Scope = "/1.0.9", () => Scenario.Golden("map-lanes")),

        new("I8", "a retry too many", s => s.Events.InsertRange(6, [new() { At = 1000, RetryScheduled = new() { Retrier = 0, Due = 5000 } }])),
        new("I8", "a retry due too early", s => s.Events[5].RetryScheduled.Due = 2000),
        new("I8", "a retry due too late", s => { s.Events[5].RetryScheduled.Due = 3002; s[6].At = s[7].At = 3100; }),
        new("I8", "an attempt that no retrier asked for", s => s.Events.RemoveAt(5)),
        new("I8", "a retry of an error that its retrier does not take", s => s[5].TaskFailed.Error = "F"),
        new("I8", "a retry by a retrier that is not there", s => s.Events[5].RetryScheduled.Retrier = 1),
        new("I8", "a retry of what has not failed", s => { s[5].TaskSucceeded = new() { Resource = "r" }; }),
        new("I8", "an attempt too soon after the failure, though its timer says otherwise", s => { s[5].At = 2000; s.Events[5].At = 1000; s.Events[5].RetryScheduled.Due = 3000; }),
        new("I8", "branches begun again that no retrier asked for", s => s.Events.RemoveAll(e => e.RetryScheduled is not null), () => Scenario.Golden("parallel-retried")),

        new("I13", "an epoch that goes down", s => s.EachRow = row => row.Sequence == 2 ? row with { Epoch = 2 } : row),
        new("I13", "an epoch that goes down behind the back of the commits", s => { s.Again("y", "o", each: row => row with { Epoch = 9, Incarnation = 9, Shard = 9, Commit = 200 - row.Sequence }); s.EachRow = row => row with { Epoch = 9 - row.Sequence, Shard = 8, Commit = 100 - row.Sequence }; }),
        new("I13", "two rows at one place", s => s.Again("y", "o", each: row => row with { Commit = row.Commit - 100 })),

        new("I16", "a wait that ends too early", s => s.Wait().WaitStarted.Until = 5001),
        new("I16", "a wait set shorter than its state says", s => { s.Wait().WaitStarted.Until = 4500; s[11].At = 4600; }),
        new("I16", "a wait set longer than its state says", s => { s.Wait().WaitStarted.Until = 5002; s[11].At = 5002; }),
        new("I16", "a wait set twice", s => s.Events.Insert(11, s.Wait().Clone())),
        new("I16", "a wait that was never set", s => s.Events.Remove(s.Wait())),
        new("I16", "a retry before its time", s => s.Events[5].RetryScheduled.Due = 3500),
        new("I16", "a wake time after its timer", s => s.CutAfter(12, wakeAt: 5001)),
        new("I16", "a wait that nobody will wake", s => { s.CutAfter(12); s.Row = s.Row! with { WakeAt = null }; }),
        new("I16", "a call under way that nobody looks after", s => s.CutAfter(8, wakeAt: 90_000)),
        new("I16", "a call that timed out too early", s => s.TimeOut().At -= 1, () => Scenario.Golden("heartbeat")),
        new("I6", "a task of an activity without a token", s => s[6].TaskScheduled.ClearToken(), () => Scenario.Activity()),
        new("I6", "a call with a token that nobody can use", s => s[6].TaskScheduled.Token = "t"),
        new("I6", "a task of an activity that is said to be a function's", s => s[6].TaskScheduled.Kind = 0, () => Scenario.Activity()),
        new("I6", "a call that was given to a worker", s => s[7].TaskStarted.WorkerName = "w"),
        new("I16", "a wake time after the time of a task that waits", s => { s.Activity(timeout: 5); s.Row = s.Row! with { WakeAt = 8001 }; }, () => Scenario.Activity()),
        new("I16", "a wake time after the silence of a worker", s => { s.Activity(silence: 5); s.Row = s.Row! with { WakeAt = 8001 }; }, () => Scenario.Activity(given: true)),
        new("I16", "a time-out of a call that has no time", s => s.Events.Last(e => e.TaskScheduled is not null && e.Id < s.TimeOut().Id).TaskScheduled.ClearHeartbeatSeconds(), () => Scenario.Golden("heartbeat")),
        new("I16", "an execution that timed out and may run for ever", s => { s[20].ExecutionTimedOut = new(); s[20].PreviousId = 0; s[20].Payload = null; s.Row = s.Row! with { Status = "TIMED_OUT" }; }),
        new("I16", "an execution that timed out too early", s => { s.Definition = s.Definition.Replace("{\"StartAt\":\"T\"", "{\"TimeoutSeconds\":7,\"StartAt\":\"T\"", StringComparison.Ordinal); s[20].ExecutionTimedOut = new(); s[20].PreviousId = 0; s[20].Payload = null; s.Row = s.Row! with { Status = "TIMED_OUT" }; }),

        new("I26", "two executions that are parts of one attempt", s => { s.PartOf("u"); s.PartOf("u", "z"); }, () => Scenario.Parent()),
        new("I26", "an attempt that was told of another execution than its child", s => s.PartOf("u", "y", "d"), () => Scenario.Parent()),
        new("I26", "an attempt that ended before its child", s => { s.PartOf("u"); s.More.RemoveAll(record => record is EventRow { Terminal: true }); }, () => Scenario.Parent()),
        new("I26", "a child that was given up where there was none", s => s.Events.Insert(4, new() { At = 1000, ChildGivenUp = new() })),
        new("I26", "a child that was given up twice", s => s.Events.Insert(4, s.Events[4].Clone()), () => Scenario.Parent()),
        new("I26", "a child that was stopped and not given up", s => s.Events.RemoveAt(4), () => Scenario.Parent()),
        new("I26", "a child that was stopped twice", s => s.Events.Insert(6, s.Events[6].Clone()), () => Scenario.Parent()),
        new("I26", "an answer of a child that was given up", s => s.Events.Insert(s.Events.IndexOf(s[8]), new() { At = 4000, ChildGivenUp = new() }), () => Scenario.Parent()),

        new("I24", "an event before its cause", s => s[19].At = 4999),
        new("I24", "bookkeeping before what it follows", s => s.Wait().At = 3999),
        new("I24", "a payload too large", s => s[8].Payload = Scenario.Text(new string('8', 262_145))),
        new("I24", "a payload of another size", s => s[8].Payload.Size = 2),
        new("I24", "a payload of another hash", s => s[8].Payload.Sha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32])),
        new("I24", "a payload held by nobody", s => s[10].Payload.Reference = 5),
        new("I24", "a payload held by a later event", s => s[10].Payload = new Payload { Size = 5, Reference = 19 }),
        new("I24", "a payload held by one that only refers", s => s[12].Payload.Reference = 9),
        new("I24", "an event too many", _ => { }, () => Scenario.Long(25_002, endsWell: true)),
        new("I24", "a last event that is no end", s => s.CutAfter(25_000), () => Scenario.Long(25_001, endsWell: false)),
    ];

    private static EffectRecord Effect(int attempt, string what) => BadRuns.Effect(attempt, what);
}
