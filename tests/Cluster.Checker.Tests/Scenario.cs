using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;
using Cluster.Node.Executions.Encoding.Wire;
using Google.Protobuf;

namespace Cluster.Checker.Tests;

/// <summary>A good run of one execution, to be spoiled: a call that is retried once, a wait, and two branches.</summary>
internal sealed class Scenario
{
    public const string Definition = """
        {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"r","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":1}],"Next":"W"},
          "W":{"Type":"Wait","Seconds":1,"Next":"P"},
          "P":{"Type":"Parallel","End":true,"Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}
        """;

    public const string Machine = "1/r/m";

    /// <summary>Sequence numbers and epochs of rows by the index of their first event.</summary>
    private static readonly int[] RowStarts = [0, 4, 6, 9, 13];

    public List<Event> Events { get; } = Good();

    public ExecutionRecord? Row { get; set; } = new("x", Machine, "n", "SUCCEEDED", 0, 6000, null, 9000, "in", "def");

    public List<DumpRecord> More { get; } = [];

    public Func<EventRow, EventRow> EachRow { get; set; } = row => row;

    public Event this[int id] => Events.First(e => e.Id == id);

    public IReadOnlyList<Breach> Check() => AllRules.Check(Build()).Breaches;

    public Dump Build()
    {
        var dump = new Dump();
        dump.Add(new DefinitionRecord("def", Definition));
        if (Row is not null)
        {
            dump.Add(Row);
            dump.Add(new NameRecord(Machine, Row.Name, Row.Id));
        }

        foreach (var row in Rows("x"))
            dump.Add(row);
        foreach (var record in More)
            dump.Add(record);
        return dump;
    }

    public IEnumerable<EventRow> Rows(string execution, long commit = 0)
    {
        for (var i = 0; i < RowStarts.Length; i++)
        {
            if (RowStarts[i] >= Events.Count)
                yield break;
            var end = i + 1 < RowStarts.Length ? Math.Min(RowStarts[i + 1], Events.Count) : Events.Count;
            var events = Events[RowStarts[i]..end];
            var ids = events.Where(e => e.Id != 0).Select(e => e.Id).ToList();
            yield return EachRow(new EventRow(
                execution, i + 1, ids.FirstOrDefault(), ids.LastOrDefault(), 3, 1, 7, commit + i + 1, 0, events.Any(History.IsTerminal),
                new EventBatch { FormatVersion = 1, Events = { events } }.ToByteArray()));
        }
    }

    public ReadBackRecord ReadBack()
    {
        var history = Build().Histories().Single();
        List<ReadBackEvent> all = [.. history.Shown.Select(e => new ReadBackEvent(e.Id, e.PreviousId, History.TypeOf(e), history.HashOf(e)))];
        return new ReadBackRecord(Machine, "n", "SUCCEEDED", "SUCCEEDED", all, [.. all.AsEnumerable().Reverse()]);
    }

    public static CallRecord Call(string operation, string outcome, long start, long end, string name = "n", int client = 1) =>
        new(client, operation, outcome, start, end, Machine, name);

    private static List<Event> Good() =>
    [
        new() { Id = 1, At = 0, ExecutionStarted = new() { Name = "n" } },
        new() { Id = 2, At = 0, StateEntered = new() { Name = "T", Type = 1 } },
        new() { Id = 3, PreviousId = 2, At = 0, TaskScheduled = new() { Resource = "r" } },
        new() { Id = 4, PreviousId = 3, At = 0, TaskStarted = new() { Resource = "r" } },
        new() { Id = 5, PreviousId = 4, At = 1000, TaskFailed = new() { Resource = "r", Error = "E" } },
        new() { At = 1000, RetryScheduled = new() { Retrier = 0, Due = 3000 } },
        new() { Id = 6, PreviousId = 5, At = 3000, TaskScheduled = new() { Resource = "r" } },
        new() { Id = 7, PreviousId = 6, At = 3000, TaskStarted = new() { Resource = "r" } },
        new() { Id = 8, PreviousId = 7, At = 4000, TaskSucceeded = new() { Resource = "r" }, Payload = Text("8") },
        new() { Id = 9, PreviousId = 8, At = 4000, StateExited = new() { Name = "T", Type = 1, Next = "W" } },
        new() { Id = 10, PreviousId = 9, At = 4000, StateEntered = new() { Name = "W", Type = 3 } },
        new() { At = 4000, WaitStarted = new() { Until = 5000 } },
        new() { Id = 11, PreviousId = 10, At = 5000, StateExited = new() { Name = "W", Type = 3, Next = "P" } },
        new() { Id = 12, PreviousId = 11, At = 5000, StateEntered = new() { Name = "P", Type = 6 } },
        new() { Id = 13, PreviousId = 12, At = 5000, ParallelStateStarted = new() { Branches = 2 } },
        new() { Id = 14, PreviousId = 13, At = 5000, Scope = "/1.0.0", StateEntered = new() { Name = "A", Type = 0 } },
        new() { Id = 15, PreviousId = 14, At = 5000, Scope = "/1.0.0", StateExited = new() { Name = "A", Type = 0 } },
        new() { Id = 16, PreviousId = 13, At = 5000, Scope = "/1.0.1", StateEntered = new() { Name = "B", Type = 0 } },
        new() { Id = 17, PreviousId = 16, At = 5000, Scope = "/1.0.1", StateExited = new() { Name = "B", Type = 0 } },
        new() { Id = 18, PreviousId = 17, At = 5000, BranchesSucceeded = new() { Type = 6 } },
        new() { Id = 19, PreviousId = 17, At = 6000, StateExited = new() { Name = "P", Type = 6 } },
        new() { Id = 20, PreviousId = 19, At = 6000, ExecutionSucceeded = new() },
    ];

    private static Payload Text(string text) => new()
    {
        Size = (uint)text.Length,
        Inline = ByteString.CopyFromUtf8(text),
        Sha256 = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))),
    };
}
