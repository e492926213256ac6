using Cluster.Checker.Dumps;
using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>The rules, judged themselves: each planted error is found by the invariant that it breaks, what only nearly breaks one passes.</summary>
[Trait("Suite", "Checker")]
public sealed class RuleTests
{
    private static readonly (string Invariant, string What, Action<Scenario> Spoil)[] Bad =
    [
        ("I1", "an acknowledged start without a row", s => { s.Row = null; s.Events.Clear(); s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1)); }),
        ("I1", "an acknowledged start without events", s => { s.Events.Clear(); s.Row = s.Row! with { Status = "RUNNING" }; s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1)); }),
        ("I1", "a refused start that exists", s => s.More.Add(Scenario.Call("StartExecution", "fail", 0, 1))),
        ("I2", "two ends", s => s.Events.Add(new() { Id = 21, PreviousId = 20, At = 6000, ExecutionSucceeded = new() })),
        ("I2", "a row that says another status", s => s.Row = s.Row! with { Status = "FAILED" }),
        ("I2", "an end that no row is marked with", s => s.EachRow = row => row with { Terminal = false }),
        ("I2", "an execution that hangs once all is healed", s => { s.Events.RemoveRange(9, 13); s.Row = s.Row! with { Status = "RUNNING" }; s.More.Add(new HealedRecord(1)); }),
        ("I3", "a gap in the ids", s => s.Events.Remove(s[18])),
        ("I3", "an id twice", s => s[18].Id = 17),
        ("I3", "a row that is missing", s => s.EachRow = row => row.Sequence == 4 ? row with { Sequence = 6 } : row),
        ("I3", "a row that says other ids", s => s.EachRow = row => row.Sequence == 2 ? row with { Last = row.Last + 1 } : row),
        ("I4", "bookkeeping after the end", s => s.Events.Add(new() { At = 6000, WaitStarted = new() { Until = 7000 } })),
        ("I5", "an event chained to itself", s => s[9].PreviousId = 9),
        ("I5", "an event chained to a sibling branch", s => s[16].PreviousId = 15),
        ("I6", "a state that is no successor", s => { s[9].StateExited.Next = "P"; s[10].StateEntered.Name = "P"; }),
        ("I6", "a state that the exit did not name", s => s[12].StateEntered.Name = "T"),
        ("I6", "a state of another branch", s => s[16].StateEntered.Name = "A"),
        ("I7", "a state left by another name", s => s[11].StateExited.Name = "T"),
        ("I7", "a branch that goes on in a Wait", s => s[11].Scope = "/1.0.0"),
        ("I8", "a retry too many", s => s.Events.InsertRange(6, [new() { At = 1000, RetryScheduled = new() { Retrier = 0, Due = 5000 } }])),
        ("I8", "a retry due too early", s => s.Events[5].RetryScheduled.Due = 2000),
        ("I9", "two accepted answers", s => { s.More.Add(Answer(s)); s.More.Add(Answer(s)); }),
        ("I9", "another answer than the accepted one", s => s.More.Add(Answer(s) with { Hash = "00" })),
        ("I12", "two writers in one epoch", s => s.EachRow = row => row.Sequence == 3 ? row with { Incarnation = 8 } : row),
        ("I12", "an epoch granted twice", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(1, 10, 20, 9)); }),
        ("I13", "an epoch that goes down", s => s.EachRow = row => row.Sequence == 2 ? row with { Epoch = 2 } : row),
        ("I14", "a write under an epoch that was superseded", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, 20, 4)); }),
        ("I14", "a write before the grant", s => s.More.Add(Lease(1, 0, 10, 1))),
        ("I15", "two holders at a time", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 9, 20, 9)); }),
        ("I16", "a wait that ends too early", s => s.Events.First(e => e.WaitStarted is not null).WaitStarted.Until = 5001),
        ("I16", "a retry before its time", s => s.Events[5].RetryScheduled.Due = 3500),
        ("I19", "an event that the API does not tell", s => s.More.Add(s.ReadBack() with { Forward = [] })),
        ("I19", "a payload that the API tells otherwise", s => { var r = s.ReadBack(); ReadBackEvent[] all = [.. r.Forward.Select(e => e.Id == 8 ? e with { Hash = "00" } : e)]; s.More.Add(r with { Forward = all, Reverse = [.. all.Reverse()] }); }),
        ("I19", "a list that says another status", s => s.More.Add(s.ReadBack() with { Listed = "RUNNING" })),
        ("I20", "a start that its client does not find", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "fail", 2, 3)])),
        ("I20", "a stop that its client does not see", s => s.More.AddRange([Scenario.Call("StopExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "ok", 2, 3) with { Status = "RUNNING" }])),
        ("I20", "a start that is not listed in time", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("ListExecutions", "ok", 2002, 2003, "") with { Seen = [] }])),
        ("I22", "a name given again too early", s => s.More.Add(s.Row! with { Id = "y", Start = 8999 })),
        ("I22", "another input that was acknowledged", s => s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "other" })),
        ("I22", "a name that leads nowhere", s => s.More.Add(new NameRecord(Scenario.Machine, "o", "z"))),
        ("I24", "an event before its cause", s => s[19].At = 4999),
        ("I24", "a payload too large", s => s[8].Payload.Size = 262_145),
    ];

    private static readonly (string What, Action<Scenario> Change)[] Good =
    [
        ("as it is", _ => { }),
        ("an acknowledged start that exists", s => s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1))),
        ("an unknown start that exists", s => s.More.Add(Scenario.Call("StartExecution", "info", 0, 1))),
        ("an unknown start that does not", s => s.More.Add(Scenario.Call("StartExecution", "info", 0, 1, "other"))),
        ("a refused start that does not exist", s => s.More.Add(Scenario.Call("StartExecution", "fail", 0, 1, "other"))),
        ("a start refused first and acknowledged then", s => s.More.AddRange([Scenario.Call("StartExecution", "fail", 0, 1), Scenario.Call("StartExecution", "ok", 2, 3)])),
        ("a call that is out when all is healed", s => { s.Events.RemoveRange(8, 14); s.Row = s.Row! with { Status = "RUNNING" }; s.More.Add(new HealedRecord(1)); }),
        ("a wait beyond the end", s => { s.Events.RemoveRange(12, 10); s.Row = s.Row! with { Status = "RUNNING", WakeAt = 5000 }; s.More.Add(new HealedRecord(4999)); }),
        ("an open execution before all is healed", s => { s.Events.RemoveRange(9, 13); s.Row = s.Row! with { Status = "RUNNING" }; }),
        ("all healed and ended", s => s.More.Add(new HealedRecord(1))),
        ("a retry due a millisecond early", s => { s.Events[5].RetryScheduled.Due = 2999; }),
        ("a retry that is late", s => { s.Events[5].RetryScheduled.Due = 3000; s[6].At = s[7].At = 3900; }),
        ("a wait that ends late", s => { s[11].At = 5000; s.Events.First(e => e.WaitStarted is not null).WaitStarted.Until = 4999; }),
        ("an accepted answer and a refused one", s => { s.More.Add(Answer(s)); s.More.Add(Answer(s) with { Accepted = false, Hash = "00" }); }),
        ("two tokens", s => { s.More.Add(Answer(s)); s.More.Add(new AnswerRecord("x", 3, "t3", true, null)); }),
        ("another writer with another epoch", s => s.EachRow = row => row.Sequence >= 3 ? row with { Incarnation = 8, Epoch = 2 } : row),
        ("the same epoch in another shard by another writer", s => s.EachRow = row => row.Sequence >= 3 ? row with { Incarnation = 8, Shard = 4 } : row),
        ("a lower epoch in another shard", s => s.EachRow = row => row.Sequence == 1 ? row with { Epoch = 2, Shard = 4 } : row),
        ("epochs with gaps", s => { s.EachRow = row => row with { Epoch = row.Sequence }; }),
        ("leases that touch", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, 20, 5)); }),
        ("leases of two shards that overlap", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(1, 0, 10, 0) with { Shard = 5 }); }),
        ("a shard without leases", s => s.More.Add(Lease(9, 0, 10, 99) with { Shard = 5 })),
        ("a write just before it was superseded", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 11, 20, 5)); }),
        ("what the API tells", s => s.More.Add(s.ReadBack())),
        ("a payload that the API leaves out", s => { var r = s.ReadBack(); ReadBackEvent[] all = [.. r.Forward.Select(e => e with { Hash = null })]; s.More.Add(r with { Forward = all, Reverse = [.. all.Reverse()] }); }),
        ("a start that another client does not find", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "fail", 2, 3, client: 2)])),
        ("a start that is not found before it was acknowledged", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 3), Scenario.Call("DescribeExecution", "fail", 2, 4)])),
        ("a stop seen", s => s.More.AddRange([Scenario.Call("StopExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "ok", 2, 3) with { Status = "ABORTED" }])),
        ("a list that lags", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("ListExecutions", "ok", 2001, 2002, "") with { Seen = [] }])),
        ("a name given again when it has expired", s => s.More.Add(s.Row! with { Id = "y", Start = 9000 })),
        ("the same input twice", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "in" }, Scenario.Call("StartExecution", "ok", 2, 3) with { InputHash = "in" }])),
        ("another input that was refused", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "in" }, Scenario.Call("StartExecution", "fail", 2, 3) with { InputHash = "other" }])),
        ("a payload as large as may be", s => s[8].Payload.Size = 262_144),
        ("times that stand still", s => s[19].At = s[20].At = 5000),
    ];

    public static TheoryData<string, string> BadNames => [.. Bad.Select(bad => (bad.Invariant, bad.What))];

    public static TheoryData<string> GoodNames => [.. Good.Select(good => good.What)];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_bad_history_is_found_by_the_invariant_that_it_breaks(string invariant, string what)
    {
        var scenario = new Scenario();
        Bad.Single(bad => bad.What == what).Spoil(scenario);
        Assert.Contains(invariant, scenario.Check().Select(breach => breach.Invariant));
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void A_near_miss_passes(string what)
    {
        var scenario = new Scenario();
        Good.Single(good => good.What == what).Change(scenario);
        Assert.Empty(scenario.Check());
    }

    [Fact]
    public void There_are_thirty_of_each() => Assert.True(Bad.Length >= 30 && Good.Length >= 30);

    private static AnswerRecord Answer(Scenario scenario) =>
        new("x", 6, "t6", Accepted: true, Convert.ToHexStringLower(scenario[8].Payload.Sha256.Span));

    private static LeaseRecord Lease(long epoch, long from, long until, long commit) => new(3, epoch, 7, from, until, commit);
}
