using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// A call is answered once, and the answer that was accepted stands in the history: for a task token the one that its worker was told
/// counts, for a function one that it gave to that very attempt.
/// </summary>
internal sealed class I09Tokens() : Rule("I9", "answers of functions and tokens")
{
    /// <summary>What is answered by no function.</summary>
    private const string StartExecution = ":states:::states:startExecution";

    private ILookup<string, AnswerRecord> _accepted = null!;
    private ILookup<string, EffectRecord> _answers = null!;

    protected override void Begin()
    {
        _accepted = Dump.Answers.Where(answer => answer.Accepted).ToLookup(answer => answer.Execution, StringComparer.Ordinal);
        _answers = Dump.Effects.Where(effect => effect.What == EffectRecord.Answered).ToLookup(effect => effect.Key, StringComparer.Ordinal);
        foreach (var answers in Dump.Answers.GroupBy(answer => answer.Token, StringComparer.Ordinal))
        {
            Judged();
            if (answers.Count(answer => answer.Accepted) > 1)
                Broken(answers.First().Execution, $"token {answers.Key} was answered {answers.Count(answer => answer.Accepted)} times");
            if (answers.Select(answer => (answer.Execution, answer.Scheduled)).Distinct().Count() > 1)
                Broken(answers.First().Execution, $"token {answers.Key} belongs to several calls");
        }
    }

    public override void Take(History history, Event e, Positions at)
    {
        if (e.WhatCase != What.TaskSucceeded || Dump.Effects.Count == 0 || at.Of(e.Scope) is not { Scheduled.TaskScheduled.HasToken: false } position)
            return;
        if (position.Scheduled.TaskScheduled.Resource.EndsWith(StartExecution, StringComparison.Ordinal))
            return;
        var key = EffectKey.Of(history, e.Scope, position);
        var answers = _answers[key].Where(answer => answer.Hash is not null).ToList();
        if (answers.Count == 0 && !Dump.IsComplete("effect"))
            return;
        Judged();
        if (answers.Count == 0)
            Broken(history.Id, $"{e.Name()}, and no function has answered {key}");
        else if (FunctionAnswer.HashOf(history, e) is { } hash && answers.TrueForAll(answer => answer.Hash != hash))
            Broken(history.Id, $"{e.Name()} is not what its function answered to {key}");
    }

    public override void Close(History history, Positions at)
    {
        foreach (var answer in _accepted[history.Id])
        {
            var ends = history.Shown.Where(e => e.WhatCase is What.TaskSucceeded or What.TaskFailed && ScheduledBy(history, e) == answer.Scheduled).ToList();
            if (ends.Count != 1)
                Broken(history.Id, $"the answer to event {answer.Scheduled} was accepted and stands {ends.Count} times");
            else if ((ends[0].TaskSucceeded is null ? null : history.HashOf(ends[0])) != answer.Hash)
                Broken(history.Id, $"{ends[0].Name()} is not the answer that was accepted");
        }
    }

    /// <summary>The call to which an answer is chained, by way of the events that tell that it was started and submitted.</summary>
    private static long ScheduledBy(History history, Event end)
    {
        var id = end.PreviousId;
        while (history.Find(id) is { WhatCase: What.TaskStarted or What.TaskSubmitted } between)
            id = between.PreviousId;
        return id;
    }

    public override void End()
    {
        foreach (var answer in Dump.Answers.Where(answer => answer.Accepted && !Dump.Executions.ContainsKey(answer.Execution)))
            Broken(answer.Execution, $"an answer to it was accepted, and it is not there");
    }
}
