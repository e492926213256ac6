using Cluster.Node.Executions.Encoding.Wire;
using Google.Protobuf;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Dumps;

/// <summary>What the journal holds of one execution.</summary>
internal sealed class History
{
    private static readonly string[] StateTypes = ["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"];
    private readonly Dictionary<long, Event> _byId = [];

    public History(string id, ExecutionRecord? execution, IReadOnlyList<EventRow> rows)
    {
        Id = id;
        Execution = execution;
        Rows = rows;
        Batches = [.. rows.Select(Read)];
        All = [.. Batches.SelectMany(batch => batch.Events)];
        Shown = [.. All.Where(e => e.Id != 0)];
        foreach (var e in Shown)
            _byId.TryAdd(e.Id, e);
    }

    public string Id { get; }

    /// <summary>Its row, or null when there is none.</summary>
    public ExecutionRecord? Execution { get; }

    public IReadOnlyList<EventRow> Rows { get; }

    /// <summary>What each row holds; nothing where it cannot be read.</summary>
    public IReadOnlyList<EventBatch> Batches { get; }

    /// <summary>The first row that cannot be read, or null.</summary>
    public EventRow? Damaged { get; private set; }

    /// <summary>All events, also those that AWS does not show.</summary>
    public IReadOnlyList<Event> All { get; }

    /// <summary>Those that AWS shows.</summary>
    public IReadOnlyList<Event> Shown { get; }

    public Event? Find(long id) => _byId.GetValueOrDefault(id);

    public static bool IsTerminal(Event e) =>
        e.WhatCase is What.ExecutionSucceeded or What.ExecutionFailed or What.ExecutionAborted or What.ExecutionTimedOut;

    /// <summary>SHA-256 of an event's payload, or null.</summary>
    public ByteString? DigestOf(Event e) => PayloadOf(e) is { Sha256.Length: > 0 } payload ? payload.Sha256 : null;

    /// <summary>SHA-256 of an event's payload in lower-case hexadecimal, or null.</summary>
    public string? HashOf(Event e) => DigestOf(e) is { } digest ? Convert.ToHexStringLower(digest.Span) : null;

    /// <summary>An event's text, or null.</summary>
    public string? TextOf(Event e) =>
        PayloadOf(e) is { Codec: 0, WhereCase: Payload.WhereOneofCase.Inline } payload ? payload.Inline.ToStringUtf8() : null;

    /// <summary>The payload, where it is stored; null for none.</summary>
    private Payload? PayloadOf(Event e) =>
        e.Payload is { WhereCase: Payload.WhereOneofCase.Reference } payload ? Find(payload.Reference)?.Payload : e.Payload;

    private EventBatch Read(EventRow row)
    {
        try
        {
            return EventBatch.Parser.ParseFrom(row.Events);
        }
        catch (InvalidProtocolBufferException)
        {
            Damaged ??= row;
            return new EventBatch();
        }
    }

    public static string StateType(uint number) => number < StateTypes.Length ? StateTypes[number] : $"{number}";

    /// <summary>The type as AWS names it.</summary>
    public static string TypeOf(Event e) => e.WhatCase switch
    {
        What.StateEntered => StateType(e.StateEntered.Type) + "StateEntered",
        What.StateExited => StateType(e.StateExited.Type) + "StateExited",
        What.StateAborted => StateType(e.StateAborted.Type) + "StateAborted",
        What.BranchesSucceeded => StateType(e.BranchesSucceeded.Type) + "StateSucceeded",
        What.BranchesFailed => StateType(e.BranchesFailed.Type) + "StateFailed",
        What.TaskScheduled => Family(e.TaskScheduled.Kind) + "Scheduled",
        What.TaskStarted => Family(e.TaskStarted.Kind) + "Started",
        What.TaskSucceeded => Family(e.TaskSucceeded.Kind) + "Succeeded",
        What.TaskFailed => Family(e.TaskFailed.Kind) + "Failed",
        What.TaskTimedOut => Family(e.TaskTimedOut.Kind) + "TimedOut",
        _ => e.WhatCase.ToString(),
    };

    private static string Family(uint kind) => kind switch
    {
        0 => "LambdaFunction",
        Rules.Position.Activity => "Activity",
        _ => "Task",
    };
}
