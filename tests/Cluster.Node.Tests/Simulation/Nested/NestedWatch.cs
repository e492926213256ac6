using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Encoding.Wire;
using Cluster.Node.Journal;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>
/// What must hold of executions that start executions, by what was committed alone: one child at the most for an attempt, none without one;
/// its end is the attempt's end, in time; who is given up is stopped, in time, and nobody else; and who is waited for by nobody lives on.
/// </summary>
internal sealed class NestedWatch(World world)
{
    /// <summary>After the healing, how long an execution may take to hear of another's end, and to be stopped.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    /// <summary>What the faulty time has broken is built anew and settled by then.</summary>
    private static readonly TimeSpan Settled = World.FaultyTime + TimeSpan.FromSeconds(15);

    private const string NameTaken = "StepFunctions.ExecutionAlreadyExistsException";

    private const string StartExecution = ":states:::states:startExecution";

    private readonly Dictionary<string, NestedAttempt> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<(ExecutionId Execution, string Scope), NestedAttempt> _open = [];
    private readonly Dictionary<ExecutionId, NestedChild> _children = [];
    private readonly Dictionary<ExecutionId, NestedTexts> _texts = [];
    private readonly Dictionary<string, (int Attempts, int Children)> _unwaited = new(StringComparer.Ordinal);
    private readonly Dictionary<(ExecutionId Execution, string Scope), string> _states = [];
    private readonly HashSet<(ExecutionId Execution, string Scope)> _named = [];
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    /// <summary>A start leaves a node: its attempt has committed, and nobody else holds the shard.</summary>
    internal void Leaving(TaskCall call, NodeLife life)
    {
        if (world.Invariants.Model(call.Key.Execution) is not { } model || !model.HasStarted(call.Key.Scope, call.Key.Visit, call.Key.Attempt))
            Violated($"the start {call.Key} left before its attempt had committed");
        if (HolderOf(call.Key.Execution) is var holder && holder != life.Number)
            Violated($"the start {call.Key} left {life.Number} while {holder} held its shard");
        if (call.Resent)
            world.Faults.Passed(Landmark.ChildStartResent);
    }

    /// <summary>A start was acknowledged.</summary>
    internal void StartAnswered(StartExecutionRequest request)
    {
        if (request.ParentToken is { } token && !_answered.Add(token))
            world.Faults.Passed(Landmark.ChildStartRepeated);
    }

    /// <summary>An append was committed.</summary>
    internal void Committed(AppendRequest request, NodeLife life)
    {
        if (request.Row is not { } row)
            return;
        foreach (var e in EventCodec.Read(row.Events).Events)
            Take(request.Id, e, life);
    }

    /// <summary>A process was killed.</summary>
    internal void Killed(NodeLife life)
    {
        foreach (var attempt in _open.Values.Where(attempt => attempt is { Waits: true, Child: not null }))
        {
            var child = attempt.Child!;
            if (HolderOf(attempt.Parent) == life.Number)
            {
                attempt.WasKilled = true;
                if (child.Status is null)
                    world.Faults.Passed(Landmark.ParentKilledWhileChildRuns);
            }

            if (HolderOf(child.Id) == life.Number)
            {
                attempt.WasChildKilled = true;
                world.Faults.Passed(child.Status is null ? Landmark.ChildKilled : Landmark.ChildKilledBeforeItTold);
            }

            if (attempt is { WasKilled: true, WasChildKilled: true } && ShardOf(attempt.Parent) != ShardOf(child.Id))
                world.Faults.Passed(Landmark.ParentAndChildKilled);
        }
    }

    /// <summary>A shard got another holder.</summary>
    internal void Moved(int shard)
    {
        foreach (var attempt in _open.Values.Where(attempt => attempt is { Waits: true, Child: not null }))
        {
            if (ShardOf(attempt.Parent) == shard)
                world.Faults.Passed(Landmark.ParentMovedWhileItWaits);
            else if (ShardOf(attempt.Child!.Id) == shard)
                world.Faults.Passed(Landmark.ChildMovedWhileWaitedFor);
        }
    }

    /// <summary>In the end everybody has heard.</summary>
    internal void AtTheEnd()
    {
        foreach (var attempt in _open.Values)
            Violated($"{attempt.Parent}{attempt.Scope} waits in the end for {attempt.Child?.Arn ?? "a child that never was"}");
        foreach (var (header, count) in _unwaited)
        {
            if (count.Children > count.Attempts)
                Violated($"'{header}' has made {count.Attempts} attempts and started {count.Children} executions");
        }
    }

    private void Take(ExecutionId id, Event e, NodeLife life)
    {
        var text = e.Payload is null ? null : TextsOf(id).Of(e);
        if (e.WhatCase == What.TaskFailed && e.TaskFailed.Error == NameTaken)
            NameRefused(id, e.Scope);
        switch (e.WhatCase)
        {
            case What.ExecutionStarted: Started(id, e.ExecutionStarted, life); break;
            case What.StateEntered: _states[(id, e.Scope)] = e.StateEntered.Name; break;
            case What.TaskScheduled when e.TaskScheduled.Resource.Contains(StartExecution, StringComparison.Ordinal): Scheduled(id, e, text!); break;
            case What.TaskStarted when _open.TryGetValue((id, e.Scope), out var started):
                started.HasStarted = true;
                Later(() => MustHaveChild(started));
                break;
            case What.TaskSucceeded or What.TaskFailed when _open.Remove((id, e.Scope), out var told):
                told.End = NestedEnd.Told;
                Told(told, e, text);
                break;
            case What.TaskTimedOut: GiveUp(id, e.Scope, isWhole: true); break;
            case What.ExecutionSucceeded or What.ExecutionFailed or What.ExecutionAborted or What.ExecutionTimedOut:
                GiveUp(id, "", isWhole: true);
                Ended(id, e, text);
                break;
            case What.StateAborted or What.MapIterationAborted: GiveUp(id, e.Scope, isWhole: true); break;
            case What.StateExited or What.StateFailed or What.RetryScheduled or What.BranchesFailed: GiveUp(id, e.Scope, isWhole: false); break;
        }
    }

    /// <summary>A name that follows from the call is nobody else's, however often it is sent.</summary>
    private void NameRefused(ExecutionId id, string scope)
    {
        if (_named.Contains((id, scope)))
            world.Faults.Passed(Landmark.ChildNameTaken);
        else
            Violated($"{id}{scope}: the name of its own call was taken");
    }

    private void Scheduled(ExecutionId id, Event e, string parameters)
    {
        if (parameters.Contains("\"Name\":", StringComparison.Ordinal))
            _named.Add((id, e.Scope));
        else
            _named.Remove((id, e.Scope));
        if (!e.TaskScheduled.HasToken)
        {
            var header = $"{world.Invariants.Model(id)!.Fold.Start!.Name} {_states[(id, e.Scope)]}";
            var count = _unwaited.GetValueOrDefault(header);
            _unwaited[header] = count with { Attempts = count.Attempts + 1 };
            return;
        }

        var attempt = new NestedAttempt(id, e.Scope, e.TaskScheduled.Token, e.TaskScheduled.Resource.EndsWith(":2", StringComparison.Ordinal));
        if (!_byToken.TryAdd(attempt.Token, attempt))
            Violated($"{id}{e.Scope}: two attempts have one token");
        if (!_open.TryAdd((id, e.Scope), attempt))
            Violated($"{id}{e.Scope}: an attempt began while another waited");
    }

    private void Started(ExecutionId id, ExecutionStarted start, NodeLife life)
    {
        if (start.HasParentToken)
        {
            if (!_byToken.TryGetValue(start.ParentToken, out var attempt))
            {
                Violated($"{id} was started for an attempt that nobody has made");
                return;
            }

            var child = new NestedChild(id, start.ExecutionArn, attempt);
            _children.Add(id, child);
            if (!attempt.HasStarted)
                Violated($"{id} was started before its attempt had committed");
            if (attempt.Child is { } other)
                Violated($"one attempt of {attempt.Parent}{attempt.Scope} has started both {other.Id} and {id}");
            if (attempt.IsRefused)
                Violated($"{id} was started by an attempt that was refused for good");
            attempt.Child = child;
            if (HolderOf(attempt.Parent) is var holder && holder != 0 && holder != life.Number)
                world.Faults.Passed(Landmark.ChildOnOtherNode);
            if (attempt.End == NestedEnd.GivenUp)
            {
                world.Faults.Passed(Landmark.ChildStartedAfterGiveUp);
                Later(() => MustBeStopped(child));
            }
        }
        else if (start.HasTraceHeader)
        {
            _children.Add(id, new NestedChild(id, start.ExecutionArn, Of: null));
            var count = _unwaited.GetValueOrDefault(start.TraceHeader);
            _unwaited[start.TraceHeader] = count with { Children = count.Children + 1 };
            if (count.Children + 1 > count.Attempts)
                Violated($"'{start.TraceHeader}' has made {count.Attempts} attempts and started {count.Children + 1} executions");
        }
    }

    private void Told(NestedAttempt attempt, Event e, string? text)
    {
        var (report, isSuccess) = e.WhatCase == What.TaskSucceeded ? (text, true) : (e.TaskFailed.Cause, false);
        if (attempt.Child is not { } child)
        {
            if (isSuccess || e.TaskFailed.Error == "States.TaskFailed")
                Violated($"{attempt.Parent}{attempt.Scope} was told of a child that never was: {report}");
            attempt.IsRefused = true;
        }
        else if (NestedReport.Judge(child, attempt.SeesJson, isSuccess, isSuccess ? null : e.TaskFailed.Error, report) is { } wrong)
        {
            Violated($"{attempt.Parent}{attempt.Scope}, whose child is {child.Id}: {wrong}");
        }
        else
        {
            world.Faults.Passed(isSuccess ? Landmark.ChildSucceeded : Landmark.ChildFailed);
        }
    }

    /// <summary>Attempts in a scope, or only those inside it, are waited for no more.</summary>
    private void GiveUp(ExecutionId id, string scope, bool isWhole)
    {
        foreach (var (key, attempt) in _open.Where(open => open.Key.Execution == id && IsIn(open.Key.Scope, scope, isWhole)).ToList())
        {
            _open.Remove(key);
            attempt.End = NestedEnd.GivenUp;
            if (!attempt.HasStarted)
                continue;
            world.Faults.Passed(attempt.Child is null ? Landmark.GivenUpBeforeChildStarted : Landmark.GivenUpWhileChildRuns, attempt.Child?.Status is null ? 1 : 0);
            if (attempt.Child is { } child)
                Later(() => MustBeStopped(child));
        }
    }

    private static bool IsIn(string scope, string around, bool isWhole) =>
        (isWhole && (around.Length == 0 || string.Equals(scope, around, StringComparison.Ordinal))) || scope.StartsWith(around + "/", StringComparison.Ordinal);

    private void Ended(ExecutionId id, Event e, string? text)
    {
        if (!_children.TryGetValue(id, out var child))
            return;
        (child.Status, child.Output) = (StatusOf(e.WhatCase), text);
        if (e.WhatCase == What.ExecutionFailed)
            (child.Error, child.Cause) = (e.ExecutionFailed.HasError ? e.ExecutionFailed.Error : null, e.ExecutionFailed.HasCause ? e.ExecutionFailed.Cause : null);
        if (e.WhatCase == What.ExecutionAborted)
        {
            if (child.Of is null)
                Violated($"{id}, for which nobody waits, was stopped");
            else if (child.Of.End != NestedEnd.GivenUp)
                Violated($"{id} was stopped, though {child.Of.Parent}{child.Of.Scope} waits for it");
            else
                world.Faults.Passed(Landmark.OrphanStopped);
        }

        if (child.Of is { Waits: true } attempt)
            Later(() => MustHaveHeard(attempt));
    }

    private void MustHaveChild(NestedAttempt attempt)
    {
        if (attempt.Waits && attempt.Child is null)
            Violated($"{attempt.Parent}{attempt.Scope} waits for a child that is not started");
    }

    private void MustHaveHeard(NestedAttempt attempt)
    {
        if (attempt.Waits)
            Violated($"{attempt.Parent}{attempt.Scope} has not heard that {attempt.Child!.Id} has ended");
    }

    private void MustBeStopped(NestedChild child)
    {
        if (child.Status is null)
            Violated($"{child.Id} runs, though nobody waits for it any more");
    }

    /// <summary>Judges something when it must have come about.</summary>
    private void Later(Action judge)
    {
        var from = world.Agenda.Elapsed > Settled ? world.Agenda.Elapsed : Settled;
        world.Agenda.In(from + Bound - world.Agenda.Elapsed, judge);
    }

    private static string StatusOf(What end) => end switch
    {
        What.ExecutionSucceeded => "SUCCEEDED",
        What.ExecutionFailed => "FAILED",
        What.ExecutionAborted => "ABORTED",
        _ => "TIMED_OUT",
    };

    private NestedTexts TextsOf(ExecutionId id)
    {
        if (!_texts.TryGetValue(id, out var texts))
            _texts.Add(id, texts = new NestedTexts());
        return texts;
    }

    private int ShardOf(ExecutionId id) => ShardRange.IndexOf(id.Bucket, world.Store.ShardCount);

    private long HolderOf(ExecutionId id) => world.Register.HolderOf(ShardOf(id));

    private void Violated(string what) => world.Invariants.Violated(what);
}
