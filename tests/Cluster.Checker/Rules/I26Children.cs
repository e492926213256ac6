using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// An attempt starts one execution as its part at the most, and is told of that one's end, as it was; a child is given up once, by an attempt
/// that is not answered any more, and said to be stopped only then.
/// </summary>
internal sealed class I26Children() : Rule("I26", "executions that are parts of tasks")
{
    private const string StartExecution = ":states:::states:startExecution.sync";

    private readonly Dictionary<string, List<(string Id, string Arn, What? End)>> _children = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Token, string Event, string? Report)> _told = [];
    private readonly HashSet<(string Scope, long Visit, int Attempt)> _givenUp = [];
    private readonly HashSet<(string Scope, long Visit, int Attempt)> _stopped = [];

    public override void Open(History history)
    {
        _givenUp.Clear();
        _stopped.Clear();
        if (history.All is not [{ ExecutionStarted: { HasParentToken: true } start }, ..])
            return;
        if (!_children.TryGetValue(start.ParentToken, out var children))
            _children.Add(start.ParentToken, children = []);
        children.Add((history.Id, start.ExecutionArn, history.All.LastOrDefault(History.IsTerminal)?.WhatCase));
    }

    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        switch (e.WhatCase)
        {
            case What.ChildGivenUp when position is not { Started: not null, Scheduled.TaskScheduled: { HasToken: true } call } || !IsPart(call):
                Broken(history.Id, $"{e.Name()}: no execution runs there as a part of a task");
                break;
            case What.ChildGivenUp when !_givenUp.Add((e.Scope, position.Visit, position.Attempt)):
                Broken(history.Id, $"{e.Name()}: it was given up already");
                break;
            case What.ChildStopped when (e.Scope, e.ChildStopped.Visit, e.ChildStopped.Attempt) is var key && !(_givenUp.Contains(key) && _stopped.Add(key)):
                Broken(history.Id, $"{e.Name()}: it was not given up, or is stopped already");
                break;
            case What.TaskSucceeded or What.TaskFailed when position.Scheduled?.TaskScheduled is { HasToken: true } call && IsPart(call):
                if (_givenUp.Contains((e.Scope, position.Visit, position.Attempt)))
                    Broken(history.Id, $"{e.Name()}: its child was given up");
                else if (e.WhatCase == What.TaskSucceeded)
                    _told.Add((history.Id, call.Token, e.Name(), history.TextOf(e)));
                break;
        }
    }

    public override void End()
    {
        foreach (var (token, children) in _children)
        {
            Judged();
            if (children.Count > 1)
                Broken(children[0].Id, $"one attempt has started {string.Join(" and ", children.Select(child => child.Id))}");
        }

        foreach (var (id, token, name, report) in _told)
        {
            if (!_children.TryGetValue(token, out var children))
                continue;
            if (children[0].End != What.ExecutionSucceeded)
                Broken(id, $"{name}: its child {children[0].Id} has not succeeded");
            else if (report is not null && !IsOf(JsonTexts.Parse(report), children[0].Arn))
                Broken(id, $"{name}: it was told of another than {children[0].Id}");
        }
    }

    private static bool IsPart(TaskScheduled call) => call.Resource.Contains(StartExecution, StringComparison.Ordinal);

    private static bool IsOf(JsonElement? report, string arn) =>
        report is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("ExecutionArn", out var child) && child.ValueKind == JsonValueKind.String && child.GetString() == arn;
}
