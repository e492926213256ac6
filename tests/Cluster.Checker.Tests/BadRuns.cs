using Cluster.Checker.Dumps;

namespace Cluster.Checker.Tests;

/// <summary>What is planted, by invariant: clients, functions, owners, and what the API tells.</summary>
internal static class BadRuns
{
    public static readonly IReadOnlyList<Planted> All =
    [
        new("I9", "two accepted answers", s => { s.More.Add(Answer(s)); s.More.Add(Answer(s)); }),
        new("I9", "another answer than the accepted one", s => s.More.Add(Answer(s) with { Hash = "00" })),
        new("I9", "an accepted answer that is not there", s => s.More.Add(Answer(s) with { Scheduled = 3 })),
        new("I9", "a token of two calls", s => { s.More.Add(Answer(s)); s.More.Add(Answer(s) with { Scheduled = 3, Accepted = false }); }),
        new("I9", "an accepted answer to an execution that is gone", s => s.More.Add(Answer(s) with { Execution = "z" })),
        new("I9", "the answer of another attempt", s => s.More.AddRange([Effect(1, "called"), Effect(1, "answered") with { Hash = "00" }])),
        new("I9", "a success that no function answered", s => s.More.AddRange([Effect(0, "called"), Effect(1, "called"), new CompleteRecord("effect")])),

        new("I11", "a call whose start is not in the journal", s => s.More.Add(Effect(2, "called"))),
        new("I11", "a call of an execution that is gone", s => s.More.Add(Effect(0, "called") with { Key = "z-0--1-0" })),
        new("I11", "a call made twice by one owner", s => s.More.AddRange([Lease(1, 0, 9000), Effect(1, "called"), Effect(1, "called", at: 3900)])),
        new("I11", "a call made twice that must not be", s => s.More.AddRange([Lease(1, 0, 3500), Lease(2, 3500, 9000), Effect(1, "called"), Effect(1, "called", at: 3900) with { Idempotent = false }])),

        new("I12", "two writers in one epoch", s => s.EachRow = row => row.Sequence == 3 ? row with { Incarnation = 8 } : row),
        new("I12", "an epoch granted twice", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(1, 10, 20, 9)); }),
        new("I12", "a shard that stands below what was written", s => s.More.Add(new ShardRecord(3, 0, 7))),
        new("I12", "a shard held by another than who wrote last", s => s.More.Add(new ShardRecord(3, 1, 8))),
        new("I12", "a start of a process that did not raise the epoch", s => { s.More.AddRange([Lease(1, 0, 4500), Lease(2, 4500, 9000), new ShardRecord(3, 1, 7)]); }),

        new("I14", "a write under an epoch that was superseded", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 10, 20, 4)); }),
        new("I14", "a write before the grant", s => s.More.Add(Lease(1, 0, 10, 1))),
        new("I14", "a write under an epoch granted to another", s => s.More.Add(Lease(1, 0, 9000) with { Incarnation = 8 })),
        new("I14", "a write under an epoch that was never granted", s => { s.More.Add(Lease(2, 0, 9000)); s.More.Add(new CompleteRecord("lease")); }),
        new("I14", "a state entered after its writer had ended", s => s.More.Add(Lease(1, 0, 3000))),

        new("I15", "two holders at a time", s => { s.More.Add(Lease(1, 0, 10, 0)); s.More.Add(Lease(2, 9, 20, 9)); }),
        new("I15", "a third that holds while the first still does", s => { s.More.Add(Lease(1, 0, 30, 0)); s.More.Add(Lease(2, 30, 31, 9)); s.More.Add(Lease(3, 29, 40, 10)); }),
        new("I15", "a grant earlier than the one before it", s => { s.More.Add(Lease(1, 10, null, 0)); s.More.Add(Lease(2, 9, null, 9)); }),
        new("I15", "a grant that ended before it began", s => s.More.Add(Lease(1, 10, 9, 0))),

        new("I19", "an event that the API does not tell", s => s.More.Add(s.ReadBack() with { Forward = [] })),
        new("I19", "a payload that the API tells otherwise", s => s.More.Add(s.ReadBack(8, e => e with { Hash = "00" }))),
        new("I19", "a payload that the API leaves out", s => s.More.Add(s.ReadBack(8, e => e with { Hash = null }))),
        new("I19", "a list that says another status", s => s.More.Add(s.ReadBack() with { Listed = "RUNNING" })),
        new("I19", "an execution that is not listed", s => s.More.Add(s.ReadBack() with { Listed = null })),
        new("I19", "a history that is another backwards", s => { var r = s.ReadBack(); s.More.Add(r with { Reverse = r.Forward }); }),
        new("I19", "a time that the API tells otherwise", s => s.More.Add(s.ReadBack(8, e => e with { At = 1 }))),
        new("I19", "an error that the API tells otherwise", s => s.More.Add(s.ReadBack(5, e => e with { Error = "F" }))),
        new("I19", "a state that the API names otherwise", s => s.More.Add(s.ReadBack(10, e => e with { Name = "P" }))),
        new("I19", "a stop date that the API tells otherwise", s => s.More.Add(s.ReadBack() with { Stop = 1 })),
        new("I19", "an output that was not put out", s => s.More.Add(s.ReadBack() with { OutputHash = "00" })),
        new("I19", "an execution that the API does not know", s => { s.Again("y", "o"); s.More.Add(s.ReadBack()); }),
        new("I19", "an execution that only the API knows", s => s.More.Add(s.ReadBack() with { Name = "o" })),
        new("I19", "an execution told twice", s => { s.More.Add(s.ReadBack()); s.More.Add(s.ReadBack()); }),

        new("I20", "a start that its client does not find", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), Scenario.Call("DescribeExecution", "fail", 2, 3)])),
        new("I20", "a stop that its client does not see", s => s.More.AddRange([Scenario.Call("StopExecution", "ok", 0, 1), Describe("RUNNING", 2)])),
        new("I20", "a start that is not listed in time", s => s.More.AddRange([Scenario.Call("StartExecution", "ok", 0, 1), List(2002)])),
        new("I20", "an end that its client does not see again", s => s.More.AddRange([Describe("SUCCEEDED", 0), Describe("RUNNING", 2)])),
        new("I20", "an end that was told and does not stand", s => s.More.Add(Describe("FAILED", 0))),
        new("I20", "a stop that was told of an execution that runs on", s => { s.CutAfter(12); s.More.Add(Scenario.Call("StopExecution", "ok", 0, 1)); }),
        new("I20", "a stop told with another date", s => s.More.Add(Scenario.Call("StopExecution", "ok", 0, 1) with { Date = 17 })),
        new("I20", "an execution that was described and is gone", s => s.More.Add(Describe("RUNNING", 0) with { Name = "o" })),
        new("I20", "a start date that changed after it was told", s => s.More.Add(Describe("RUNNING", 0) with { Date = 17 })),
        new("I20", "an execution that was listed and is gone", s => s.More.Add(List(0, "o"))),
        new("I20", "an execution listed twice", s => s.More.Add(List(0, "n", "n"))),

        new("I25", "a task that waits and is not stored", _ => { }, () => Scenario.Activity()),
        new("I25", "a task that is stored under another attempt", s => s.More.Add(Scenario.Pending(0)), () => Scenario.Activity()),
        new("I25", "a task that is stored under another visit", s => s.More.Add(Scenario.Pending() with { Visit = 2 }), () => Scenario.Activity()),
        new("I25", "a task that is stored in a branch", s => s.More.Add(Scenario.Pending() with { Scope = "/1.0.0" }), () => Scenario.Activity()),
        new("I25", "a task that is stored under another activity", s => s.More.Add(Scenario.Pending() with { Activity = "1/r/b" }), () => Scenario.Activity()),
        new("I25", "a task that is stored with another time", s => s.More.Add(Scenario.Pending() with { Scheduled = 3001 }), () => Scenario.Activity()),
        new("I25", "a task that is stored twice", s => s.More.AddRange([Scenario.Pending(), Scenario.Pending()]), () => Scenario.Activity()),
        new("I25", "a task that was given out and is still stored", s => s.More.Add(Scenario.Pending()), () => Scenario.Activity(given: true)),
        new("I25", "a task of what is no activity", s => { s.CutAfter(7); s.More.Add(Scenario.Pending()); }),
        new("I25", "a task of an execution that has ended", s => s.More.Add(Scenario.Pending())),
        new("I25", "a task of an execution that is not there", s => s.More.Add(Scenario.Pending() with { Execution = "z" })),

        new("I22", "a name given again too early", s => { s.Again("y", "n", start: 8999); s.Named = "y"; }),
        new("I22", "another input that was acknowledged", s => s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "other" })),
        new("I22", "an input acknowledged with the date of another's", s => { s.Again("y", "n", start: 9000); s.Named = "y"; s.More[0] = ((ExecutionRecord)s.More[0]) with { InputHash = "other" }; s.More.Add(Scenario.Call("StartExecution", "ok", 0, 1) with { InputHash = "other", Date = 0 }); }),
        new("I22", "a name that leads nowhere", s => s.More.Add(new NameRecord(Scenario.Machine, "o", "z"))),
        new("I22", "a name that leads to an earlier execution", s => s.Again("y", "n", start: 9000)),
        new("I22", "a name that leads to two", s => { s.Again("y", "n", start: 9000); s.More.Add(new NameRecord(Scenario.Machine, "n", "y")); }),
        new("I22", "an execution whose name is free while it runs", s => { s.Again("y", "o"); s.More.RemoveAll(record => record is NameRecord); }),
    ];

    /// <summary>What the call of the usual run did in an attempt.</summary>
    public static EffectRecord Effect(int attempt, string what, long? at = null) =>
        new($"x-0--1-{attempt}", what, attempt + 1, "f", at ?? (attempt == 0 ? 0 : 3000));

    public static AnswerRecord Answer(Scenario scenario) =>
        new("x", 6, "t6", Accepted: true, Convert.ToHexStringLower(scenario[8].Payload.Sha256.Span));

    public static LeaseRecord Lease(long epoch, long from, long? until, long? commit = null) => new(3, epoch, 7, from, until, commit);

    public static CallRecord Describe(string status, long start) => Scenario.Call("DescribeExecution", "ok", start, start + 1) with { Status = status };

    public static CallRecord List(long start, params string[] names) => Scenario.Call("ListExecutions", "ok", start, start + 1, "") with { Seen = names };
}
