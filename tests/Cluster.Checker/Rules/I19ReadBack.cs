using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// What the API answers in the end is what the journal holds: every event with its place, type, time, texts and payload, forwards and
/// backwards; status, dates, input and output; and it knows all that there is.
/// </summary>
internal sealed class I19ReadBack() : Rule("I19", "events read back")
{
    private readonly Dictionary<string, ReadBackRecord> _told = new(StringComparer.Ordinal);
    private HashSet<string> _named = null!;

    protected override void Begin()
    {
        var ids = new Dictionary<(string, string), string>();
        foreach (var name in Dump.Names)
            ids[(name.Machine, name.Name)] = name.Execution;
        _named = [.. ids.Values];
        foreach (var told in Dump.ReadBacks)
        {
            if (!ids.TryGetValue((told.Machine, told.Name), out var id))
                Broken($"{told.Machine} {told.Name}", "the API knows it, the dump does not");
            else if (!_told.TryAdd(id, told))
                Broken(id, "the API lists it twice");
        }
    }

    public override void Open(History history)
    {
        if (_told.Count == 0)
            return;
        if (!_told.TryGetValue(history.Id, out var told))
        {
            // By its name only the last execution of that name is found.
            if (_named.Contains(history.Id))
                Broken(history.Id, "the API does not tell of it");
            return;
        }

        Judged(told.Forward.Count + told.Reverse.Count);
        if ((Whole(history, told) ?? Events(history, told)) is { } wrong)
            Broken(history.Id, wrong);
    }

    private static string? Whole(History history, ReadBackRecord told)
    {
        if (told.Described != told.Listed)
            return $"described as {told.Described}, listed as {told.Listed}";
        if (history.Execution is { } row)
        {
            if (row.Status != told.Described)
                return $"described as {told.Described}, its row says {row.Status}";
            if (told.Start is { } start && start != row.Start)
                return $"described with start date {start}, its row says {row.Start}";
            if (told.Start is not null && told.Stop != row.Stop)
                return $"described with stop date {told.Stop}, its row says {row.Stop}";
            if (told.InputHash is { } input && input != row.InputHash)
                return "described with another input than its row says";
        }

        var last = history.Shown.Count > 0 ? history.Shown[^1] : null;
        if (told.OutputHash is not null && (last?.WhatCase != What.ExecutionSucceeded || history.HashOf(last) != told.OutputHash))
            return "described with an output that it did not put out";
        if (told.InputHash is not null && told.OutputHash is null && last?.WhatCase == What.ExecutionSucceeded)
            return "described without its output";
        return null;
    }

    private static string? Events(History history, ReadBackRecord told)
    {
        if (!told.Forward.SequenceEqual(told.Reverse.Reverse()))
            return "its history backwards is another than forwards";
        if (told.Forward.Count != history.Shown.Count)
            return $"the API tells {told.Forward.Count} events, the journal {history.Shown.Count}";
        var withPayloads = told.Forward.Any(e => e.Hash is not null);
        for (var i = 0; i < told.Forward.Count; i++)
        {
            var (e, api) = (history.Shown[i], told.Forward[i]);
            if (api.Id != e.Id || api.PreviousId != e.PreviousId || api.Type != History.TypeOf(e) || (api.At is { } at && at != e.At))
                return $"{e.Name()} at {e.At} is told as {api}";
            if (api.Hash is not null ? api.Hash != history.HashOf(e) : withPayloads && ShowsPayload(e))
                return $"{e.Name()} is told with another payload or none";
            if (Differs(api, e))
                return $"{e.Name()} is told as {api}";
        }

        return null;
    }

    private static bool ShowsPayload(Event e) => e.Payload is not null &&
        e.WhatCase is What.StateEntered or What.StateExited or What.TaskScheduled or What.TaskSucceeded or What.ExecutionStarted or What.ExecutionSucceeded;

    private static bool Differs(ReadBackEvent api, Event e)
    {
        var (name, error, cause) = e.WhatCase switch
        {
            What.StateEntered => (e.StateEntered.Name, null, null),
            What.StateExited => (e.StateExited.Name, null, null),
            What.TaskFailed => (null, e.TaskFailed.Error, e.TaskFailed.Cause),
            What.ExecutionFailed => (null, e.ExecutionFailed.Error, e.ExecutionFailed.Cause),
            What.ExecutionAborted => (null, e.ExecutionAborted.Error, e.ExecutionAborted.Cause),
            _ => ((string?)null, (string?)null, (string?)null),
        };
        return (api.Name is { } toldName && name is not null && toldName != name) || (api.Error is { } toldError && error is not null && toldError != error)
            || (api.Cause is { } toldCause && cause is not null && toldCause != cause);
    }
}
