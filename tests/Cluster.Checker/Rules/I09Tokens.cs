using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>A token is answered once; the accepted answer stands in the history.</summary>
internal sealed class I09Tokens : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        foreach (var answers in dump.Answers.Where(answer => answer.Accepted).GroupBy(answer => answer.Token, StringComparer.Ordinal))
        {
            if (answers.Count() > 1)
                yield return new Breach("I9", answers.First().Execution, $"token {answers.Key} was answered {answers.Count()} times");
        }

        var wanted = dump.Answers.Where(answer => answer.Accepted).ToLookup(answer => answer.Execution, StringComparer.Ordinal);
        if (wanted.Count == 0)
            yield break;
        foreach (var history in dump.Histories().Where(history => wanted.Contains(history.Id)))
        {
            foreach (var answer in wanted[history.Id])
            {
                // The answer is chained to its call, by way of the event that started it.
                var ends = history.Shown.Where(e => e.WhatCase.ToString() is "TaskSucceeded" or "TaskFailed" &&
                    (e.PreviousId == answer.Scheduled || history.Find(e.PreviousId)?.PreviousId == answer.Scheduled)).ToList();
                if (ends.Count != 1)
                    yield return new Breach("I9", history.Id, $"the answer to event {answer.Scheduled} was accepted and stands {ends.Count} times");
                else if ((ends[0].TaskSucceeded is null ? null : history.HashOf(ends[0])) != answer.Hash)
                    yield return new Breach("I9", history.Id, $"{ends[0].Name()} is not the answer that was accepted");
            }
        }
    }
}
