using Cluster.Node.Executions.Encoding.Wire;
using Google.Protobuf.Reflection;

namespace Cluster.Checker.Tests;

/// <summary>Every small change to a good run: an event left out, told twice or in another order, a field that says something else.</summary>
internal static class Mutants
{
    /// <summary>Fields that nothing in a dump can be held against.</summary>
    private static readonly string[] Free =
    [
        "execution_arn", "state_machine_arn", "state_machine_name", "role_arn", "revision_id", "machine_update_date", "logging_configuration",
        "tracing", "trace_header", "principal", "request_id", "definition_hash",
        "parent_token", "parent_sees_json",
    ];

    /// <summary>The changes to a run; each is made to a run of its own.</summary>
    public static IEnumerable<(string What, Scenario Changed)> Of(Func<Scenario> good)
    {
        var count = good().Events.Count;
        for (var i = 0; i < count; i++)
        {
            var at = i;
            var name = $"{good().Events[i].WhatCase} {good().Events[i].Id}";
            if (GoesOn(good().Events, at))
                yield return ($"without {name}", Changed(good, s => s.Leave(at)));
            yield return ($"twice {name}", Changed(good, s => s.Twice(at)));
            if (i + 1 < count && good().Events[i].Scope == good().Events[i + 1].Scope)
                yield return ($"{name} after {good().Events[i + 1].WhatCase}", Changed(good, s => s.Swap(at)));
            yield return ($"{name} before what came before it", Changed(good, s => s.Events[at].At = s.Events.Take(at).Where(e => e.Scope == s.Events[at].Scope).Max(e => (long?)e.At) - 1 ?? s.Events[0].At - 1));
            foreach (var (field, change) in Fields(good().Events[i]))
                yield return ($"{name} with another {field}", Changed(good, s => change(s.Events[at])));
        }
    }

    /// <summary>Whether its branch goes on after an event: the last that a branch did before it was cut short may as well not have been done.</summary>
    private static bool GoesOn(List<Event> events, int at) => events.Skip(at + 1).Any(later =>
        later.Scope == events[at].Scope && later.WhatCase is not (Event.WhatOneofCase.StateAborted or Event.WhatOneofCase.MapIterationAborted
            or Event.WhatOneofCase.ExecutionAborted or Event.WhatOneofCase.ExecutionTimedOut));

    private static Scenario Changed(Func<Scenario> good, Action<Scenario> change)
    {
        var scenario = good();
        change(scenario);
        return scenario;
    }

    private static IEnumerable<(string Field, Action<Event> Change)> Fields(Event e)
    {
        yield return ("previous id", changed => changed.PreviousId = changed.PreviousId == 0 ? 1 : changed.PreviousId - 1);
        yield return ("scope", changed => changed.Scope = changed.Scope.Length == 0 ? "/1.0.0" : changed.Scope + "1");
        if (e.Payload is not null)
            yield return ("payload", changed => changed.Payload = Scenario.Text("\"other\""));
        if (e.Payload is { WhereCase: Payload.WhereOneofCase.Reference })
            yield return ("reference", changed => changed.Payload.Reference -= 1);
        var what = Event.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(e)!;
        foreach (var field in what.MessageType.Fields.InDeclarationOrder())
        {
            if (Free.Contains(field.Name, StringComparer.Ordinal))
                continue;
            yield return (field.Name, changed => Change((Google.Protobuf.IMessage)what.Accessor.GetValue(changed), field));
        }
    }

    private static void Change(Google.Protobuf.IMessage message, FieldDescriptor field)
    {
        var value = field.Accessor.GetValue(message);
        object other = field.FieldType switch
        {
            FieldType.String => value + "x",
            FieldType.Bool => !(bool)value,
            FieldType.UInt32 => (uint)value + 1,
            FieldType.Int64 => (long)value + 1,
            _ => throw new InvalidOperationException($"No change for {field.FieldType}."),
        };
        field.Accessor.SetValue(message, other);
    }
}
