using System.Globalization;
using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;
using Cluster.Node.Executions.Encoding.Wire;
using Google.Protobuf;

namespace Cluster.Checker.Tests;

/// <content>Other good runs: those that the engine once wrote, and histories as long as may be.</content>
internal sealed partial class Scenario
{
    private bool _hasDefinition = true;

    private Scenario(string definition, List<Event> events, int[] rowStarts)
    {
        Definition = definition;
        Events = events;
        _rowStarts = rowStarts;
        var (start, end) = (events[0], events.Find(History.IsTerminal));
        var status = end switch
        {
            null => "RUNNING",
            { ExecutionSucceeded: not null } => "SUCCEEDED",
            { ExecutionFailed: not null } => "FAILED",
            { ExecutionAborted: not null } => "ABORTED",
            _ => "TIMED_OUT",
        };
        Row = new ExecutionRecord(
            "x", Machine, start.ExecutionStarted.Name, status, start.At, end?.At, end is null ? 0 : null, end is null ? null : end.At + 9000,
            start.Payload is null ? "in" : Convert.ToHexStringLower(start.Payload.Sha256.Span), start.ExecutionStarted.DefinitionHash);
    }

    public static IEnumerable<string> GoldenNames =>
        Directory.EnumerateFiles(GoldenFolder, "*.json", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    private static string GoldenFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "tests", "golden");
        }
    }

    /// <summary>A journal that the engine wrote.</summary>
    public static Scenario Golden(string name)
    {
        var file = Directory.EnumerateFiles(GoldenFolder, name + ".json", SearchOption.AllDirectories).Single();
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var (events, starts) = (new List<Event>(), new List<int>());
        foreach (var row in json.RootElement.GetProperty("Rows").EnumerateArray())
        {
            starts.Add(events.Count);
            events.AddRange(EventBatch.Parser.ParseFrom(row.GetBytesFromBase64()).Events);
        }

        return new Scenario(json.RootElement.GetProperty("Definition").GetString()!, events, [.. starts]);
    }

    /// <summary>A history of as many events, which ends well or, when that is too much, as it must.</summary>
    public static Scenario Long(int count, bool endsWell)
    {
        var events = new List<Event> { new() { Id = 1, ExecutionStarted = new() { Name = "n", DefinitionHash = "def" } } };
        while (events.Count < count - (endsWell ? 3 : 1))
        {
            var isEntry = events.Count % 2 == 1;
            Add(events, isEntry ? new() { StateEntered = new() { Name = "C", Type = 2 } } : new() { StateExited = new() { Name = "C", Type = 2, Next = "C" } });
        }

        if (endsWell)
        {
            events[^1].StateExited.Next = "B";
            Add(events, new() { StateEntered = new() { Name = "B", Type = 0 } });
            Add(events, new() { StateExited = new() { Name = "B", Type = 0 } });
            Add(events, new() { ExecutionSucceeded = new() });
        }
        else
        {
            Add(events, new() { ExecutionFailed = new() { Error = "States.Runtime", Cause = $"The execution reached the maximum number of history events ({I24Limits.LongestHistory.ToString(CultureInfo.InvariantCulture)})." } });
        }

        return new Scenario(
            """{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":false,"Next":"C"}],"Default":"B"},"B":{"Type":"Pass","End":true}}}""", events, [0]);
    }

    /// <summary>The task of the usual run is an activity's: it waits for a worker, or was given to one.</summary>
    public static Scenario Activity(bool given = false)
    {
        const string Arn = "arn:aws:states:r:1:activity:a";
        var scenario = new Scenario();
        scenario.Definition = scenario.Definition.Replace("\"Resource\":\"r\"", $"\"Resource\":\"{Arn}\"", StringComparison.Ordinal);
        foreach (var e in scenario.Events)
        {
            if (e.TaskScheduled is { } scheduled)
                (scheduled.Resource, scheduled.Kind, scheduled.Token) = (Arn, 2, "t");
            else if (e.TaskStarted is { } started)
                (started.Resource, started.Kind) = (Arn, 2);
            else if (e.TaskFailed is { } failed)
                (failed.Resource, failed.Kind) = (Arn, 2);
        }

        scenario.CutAfter(given ? 8 : 7);
        scenario.More.Add(new CompleteRecord("pending"));
        return scenario;
    }

    /// <summary>The usual run is a part of another execution's task.</summary>
    public static Scenario Child()
    {
        var scenario = new Scenario();
        scenario.Events[0].ExecutionStarted.ParentToken = "t";
        return scenario;
    }

    /// <summary>The first attempt of the usual run was a child's that was given up and stopped; the second is told of its own.</summary>
    public static Scenario Parent()
    {
        const string Resource = "arn:aws:states:::states:startExecution.sync:2";
        var scenario = new Scenario();
        scenario.Definition = scenario.Definition.Replace("\"Resource\":\"r\"", $"\"Resource\":\"{Resource}\",\"TimeoutSeconds\":1", StringComparison.Ordinal)
            .Replace("[\"E\"]", "[\"States.Timeout\"]", StringComparison.Ordinal);
        foreach (var e in scenario.Events)
        {
            if (e.TaskScheduled is { } scheduled)
                (scheduled.Resource, scheduled.Kind, scheduled.Token, scheduled.TimeoutSeconds) = (Resource, 1, e.Id == 3 ? "t" : "u", 1);
            else if (e.TaskStarted is { } started)
                (started.Resource, started.Kind) = (Resource, 1);
            else if (e.TaskFailed is not null)
                e.TaskTimedOut = new() { Resource = Resource, Kind = 1 };
            else if (e.TaskSucceeded is { } succeeded)
                (succeeded.Resource, succeeded.Kind, e.Payload) = (Resource, 1, Text("""{"ExecutionArn":"c"}"""));
        }

        scenario[19].Payload = Text("""[{"ExecutionArn":"c"},{"ExecutionArn":"c"}]""");
        foreach (var e in scenario.Events.Where(e => e.Payload is { WhereCase: Payload.WhereOneofCase.Reference }))
            e.Payload = new Payload { Size = (e.Payload.Reference == 8 ? scenario[8] : scenario[19]).Payload.Size, Reference = e.Payload.Reference };
        scenario.Events.Insert(4, new() { At = 1000, ChildGivenUp = new() });
        scenario.Events.Insert(6, new() { At = 1000, ChildStopped = new() { Visit = 1, Attempt = 0 } });
        return scenario;
    }

    /// <summary>Another execution, which is a part of a task.</summary>
    public void PartOf(string token, string id = "y", string arn = "c")
    {
        More.Add(new DefinitionRecord("other", Own));
        Row = Row! with { DefinitionHash = "other" };
        Again(id, id, each: row =>
        {
            var batch = EventBatch.Parser.ParseFrom(row.Events);
            if (batch.Events[0].ExecutionStarted is { } start)
                (start.ParentToken, start.ExecutionArn) = (token, arn);
            return row with { Events = batch.ToByteArray(), Shard = id[0], Commit = row.Commit + (1000 * id[0]) };
        });
        Row = Row with { DefinitionHash = "def" };
    }

    /// <summary>Gives the task times, in seconds.</summary>
    public void Activity(long? timeout = null, long? silence = null)
    {
        var texts = (timeout is null ? "" : $"\"TimeoutSeconds\":{timeout},") + (silence is null ? "" : $"\"HeartbeatSeconds\":{silence},");
        Definition = Definition.Replace("\"Type\":\"Task\",", "\"Type\":\"Task\"," + texts, StringComparison.Ordinal);
        foreach (var scheduled in Events.Select(e => e.TaskScheduled).OfType<TaskScheduled>())
        {
            if (timeout is { } time)
                scheduled.TimeoutSeconds = time;
            if (silence is { } quiet)
                scheduled.HeartbeatSeconds = quiet;
        }
    }

    /// <summary>The row of that task.</summary>
    public static PendingRecord Pending(int attempt = 1) => new("1/r/a", "x", "", 1, attempt, 3000);

    public Event Wait() => Events.First(e => e.WaitStarted is not null);

    public Event TimeOut() => Events.First(e => e.TaskTimedOut is not null);

    public Event Exit(string state) => Events.First(e => e.StateExited?.Name == state);

    public Event LastInScope(string prefix) => Events.Last(e => e.Scope.StartsWith(prefix, StringComparison.Ordinal));

    public void PreviousOfStop(long id) => Events.First(e => e.ExecutionAborted is not null).PreviousId = id;

    /// <summary>Leaves the definition out of the dump.</summary>
    public Scenario WithoutDefinition()
    {
        _hasDefinition = false;
        return this;
    }

    /// <summary>Puts an event in front of the one of an id; all after it move on, and so do the references to them.</summary>
    public void Insert(int before, Event e)
    {
        var at = Events.IndexOf(this[before]);
        foreach (var later in Events.Skip(at).Where(later => later.Id != 0))
        {
            later.Id++;
            later.PreviousId += later.PreviousId >= before ? 1 : 0;
            if (later.Payload is { Reference: > 0 } payload && payload.Reference >= before)
                payload.Reference++;
        }

        e.Id = before;
        Events.Insert(at, e);
    }

    /// <summary>Leaves an event out; those after it move up.</summary>
    public void Leave(int index)
    {
        var gone = Events[index];
        Events.RemoveAt(index);
        if (gone.Id != 0)
            Renumber(id => id > gone.Id ? id - 1 : id, referred => referred > gone.Id ? referred - 1 : referred == gone.Id ? gone.PreviousId : referred);
    }

    /// <summary>Tells an event twice; those after it move on and are chained to the first.</summary>
    public void Twice(int index)
    {
        var (once, again) = (Events[index], Events[index].Clone());
        if (once.Id != 0)
            Renumber(id => id > once.Id ? id + 1 : id, referred => referred > once.Id ? referred + 1 : referred);
        again.Id = once.Id == 0 ? 0 : once.Id + 1;
        Events.Insert(index + 1, again);
    }

    /// <summary>Puts an event after the next one.</summary>
    public void Swap(int index)
    {
        var (first, second) = (Events[index], Events[index + 1]);
        (Events[index], Events[index + 1]) = (second, first);
        if (first.Id != 0 && second.Id != 0)
            Renumber(id => id == first.Id ? id + 1 : id == first.Id + 1 ? id - 1 : id, referred => referred);
    }

    private void Renumber(Func<long, long> id, Func<long, long> referred)
    {
        var ids = Events.Select(e => id(e.Id)).ToList();
        for (var i = 0; i < Events.Count; i++)
        {
            Events[i].Id = ids[i];
            Events[i].PreviousId = referred(Events[i].PreviousId);
            if (Events[i].Payload is { WhereCase: Payload.WhereOneofCase.Reference } payload)
                payload.Reference = referred(payload.Reference);
        }
    }

    private static void Add(List<Event> events, Event e)
    {
        e.Id = events.Count + 1;
        e.PreviousId = events.Count == 1 ? 0 : events.Count;
        events.Add(e);
    }
}
