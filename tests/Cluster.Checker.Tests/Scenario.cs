using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;
using Cluster.Node.Executions.Encoding.Wire;
using Google.Protobuf;

namespace Cluster.Checker.Tests;

/// <summary>A good run of one execution, to be spoiled: by itself a call that is retried once, a wait, and two branches.</summary>
internal sealed partial class Scenario
{
    public const string Machine = "1/r/m";

    private const string Own = """
        {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"r","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":1}],"Next":"W"},
          "W":{"Type":"Wait","Seconds":1,"Next":"P"},
          "P":{"Type":"Parallel","End":true,"Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}
        """;

    /// <summary>Rows by the index of their first event.</summary>
    private readonly int[] _rowStarts = [0, 4, 6, 9, 13];

    public Scenario()
    {
        Definition = Own;
        Events = Good();
        Row = new ExecutionRecord("x", Machine, "n", "SUCCEEDED", 0, 6000, null, 9000, "in", "def");
    }

    public string Definition { get; set; }

    public List<Event> Events { get; }

    public ExecutionRecord? Row { get; set; }

    /// <summary>Who has the name.</summary>
    public string Named { get; set; } = "x";

    public List<DumpRecord> More { get; } = [];

    public Func<EventRow, EventRow> EachRow { get; set; } = row => row;

    public Event this[int id] => Events.First(e => e.Id == id);

    public IReadOnlyList<Breach> Check() => AllRules.Check(Build()).Breaches;

    public Dump Build()
    {
        var dump = new Dump();
        if (_hasDefinition)
            dump.Add(new DefinitionRecord(Row?.DefinitionHash ?? "def", Definition));
        if (Row is not null)
        {
            dump.Add(Row);
            dump.Add(new NameRecord(Row.Machine, Row.Name, Named));
        }

        foreach (var row in Rows("x"))
            dump.Add(row);
        foreach (var record in More)
            dump.Add(record);
        return dump;
    }

    public IEnumerable<EventRow> Rows(string execution, long commit = 0)
    {
        for (var i = 0; i < _rowStarts.Length; i++)
        {
            if (_rowStarts[i] >= Events.Count)
                yield break;
            var end = i + 1 < _rowStarts.Length ? Math.Min(_rowStarts[i + 1], Events.Count) : Events.Count;
            var events = Events[_rowStarts[i]..end];
            var ids = events.Where(e => e.Id != 0).Select(e => e.Id).ToList();
            yield return EachRow(new EventRow(
                execution, i + 1, ids.FirstOrDefault(), ids.LastOrDefault(), 3, 1, 7, commit + i + 1, 0, events.Any(History.IsTerminal),
                new EventBatch { FormatVersion = 1, Events = { events } }.ToByteArray()));
        }
    }

    /// <summary>Leaves the execution open after its first events.</summary>
    public void CutAfter(int events, long wakeAt = 0)
    {
        Events.RemoveRange(events, Events.Count - events);
        Row = Row! with { Status = "RUNNING", Stop = null, NameExpires = null, WakeAt = wakeAt };
    }

    /// <summary>Another execution that did the same.</summary>
    public void Again(string id, string name, long start = 0, Func<EventRow, EventRow>? each = null)
    {
        var other = new Scenario { Row = Row! with { Id = id, Name = name, Start = start } };
        other.Events[0].At = start;
        other.Events[0].ExecutionStarted.Name = name;
        foreach (var e in other.Events.Skip(1))
            e.At += start;
        foreach (var e in other.Events.Where(e => e.RetryScheduled is not null))
            e.RetryScheduled.Due += start;
        foreach (var e in other.Events.Where(e => e.WaitStarted is not null))
            e.WaitStarted.Until += start;
        More.Add(other.Row with { Stop = start + 6000, NameExpires = start + 9000 });
        More.AddRange(other.Rows(id, commit: 100).Select(each ?? (row => row)));
        if (name != Row!.Name)
            More.Add(new NameRecord(Machine, name, id));
    }

    public ReadBackRecord ReadBack()
    {
        var history = Build().Histories().Single(history => history.Id == "x");
        List<ReadBackEvent> all = [.. history.Shown.Select(e => new ReadBackEvent(e.Id, e.PreviousId, History.TypeOf(e), history.HashOf(e), e.At))];
        return new ReadBackRecord(Row!.Machine, Row.Name, Row.Status, Row.Status, all, [.. all.AsEnumerable().Reverse()], Row.Start, Row.Stop);
    }

    /// <summary>What the API tells, with a change to one event.</summary>
    public ReadBackRecord ReadBack(int id, Func<ReadBackEvent, ReadBackEvent> change)
    {
        var told = ReadBack();
        ReadBackEvent[] all = [.. told.Forward.Select(e => e.Id == id ? change(e) : e)];
        return told with { Forward = all, Reverse = [.. all.Reverse()] };
    }

    public static CallRecord Call(string operation, string outcome, long start, long end, string name = "n", int client = 1) =>
        new(client, operation, outcome, start, end, Machine, name);

    public static Payload Text(string text) => new()
    {
        Size = (uint)text.Length,
        Inline = ByteString.CopyFromUtf8(text),
        Sha256 = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))),
    };

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
        new() { Id = 9, PreviousId = 8, At = 4000, StateExited = new() { Name = "T", Type = 1, Next = "W" }, Payload = Held(8) },
        new() { Id = 10, PreviousId = 9, At = 4000, StateEntered = new() { Name = "W", Type = 3 }, Payload = Held(8) },
        new() { At = 4000, WaitStarted = new() { Until = 5000 } },
        new() { Id = 11, PreviousId = 10, At = 5000, StateExited = new() { Name = "W", Type = 3, Next = "P" }, Payload = Held(8) },
        new() { Id = 12, PreviousId = 11, At = 5000, StateEntered = new() { Name = "P", Type = 6 }, Payload = Held(8) },
        new() { Id = 13, PreviousId = 12, At = 5000, ParallelStateStarted = new() { Branches = 2 }, Payload = Held(8) },
        new() { Id = 14, PreviousId = 13, At = 5000, Scope = "/3.0.0", StateEntered = new() { Name = "A", Type = 0 }, Payload = Held(8) },
        new() { Id = 15, PreviousId = 14, At = 5000, Scope = "/3.0.0", StateExited = new() { Name = "A", Type = 0 }, Payload = Held(8) },
        new() { Id = 16, PreviousId = 13, At = 5000, Scope = "/3.0.1", StateEntered = new() { Name = "B", Type = 0 }, Payload = Held(8) },
        new() { Id = 17, PreviousId = 16, At = 5000, Scope = "/3.0.1", StateExited = new() { Name = "B", Type = 0 }, Payload = Held(8) },
        new() { Id = 18, PreviousId = 17, At = 5000, BranchesSucceeded = new() { Type = 6 } },
        new() { Id = 19, PreviousId = 17, At = 6000, StateExited = new() { Name = "P", Type = 6 }, Payload = Text("[8,8]") },
        new() { Id = 20, PreviousId = 19, At = 6000, ExecutionSucceeded = new(), Payload = new Payload { Size = 5, Reference = 19 } },
    ];

    private static Payload Held(long by) => new() { Size = 1, Reference = by };
}
