using Cluster.Checker.Histories;
using Xunit;

namespace Cluster.Asl.Tests.Histories;

/// <summary>
/// The rules of histories, judged themselves: good histories pass, also those that only nearly break a rule, and each planted error is found.
/// </summary>
public sealed class HistoryRulesTests
{
    private const string Parallel = """
        {"StartAt":"P","States":{
          "P":{"Type":"Parallel","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":1,"BackoffRate":3}],
               "Catch":[{"ErrorEquals":["E"],"Next":"C"}],"Next":"Z","Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"r","Next":"B"},"B":{"Type":"Pass","End":true}}},
                 {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}}]},
          "C":{"Type":"Pass","End":true},"Z":{"Type":"Succeed"}}}
        """;

    private const string Good = """
        1 0 ExecutionStarted
        2 0 ParallelStateEntered P
        3 2 ParallelStateStarted
        4 3 TaskStateEntered A
        5 4 TaskScheduled
        6 5 TaskStarted
        7 3 WaitStateEntered W @1
        8 7 WaitStateExited W =2 @2
        9 6 TaskSucceeded @3
        10 9 TaskStateExited A =1 @3
        11 10 PassStateEntered B @3
        12 11 PassStateExited B =1 @3
        13 12 ParallelStateSucceeded @3
        14 12 ParallelStateExited P =[1,2] @3
        15 14 SucceedStateEntered Z @3
        16 15 SucceedStateExited Z =[1,2] @3
        17 16 ExecutionSucceeded =[1,2] @3
        """;

    private const string Failed = """
        1 0 ExecutionStarted
        2 0 ParallelStateEntered P
        3 2 ParallelStateStarted
        4 3 TaskStateEntered A
        5 4 TaskScheduled
        6 5 TaskStarted
        7 3 WaitStateEntered W
        8 6 TaskFailed !E @1
        9 8 TaskStateAborted @1
        10 8 WaitStateAborted @1
        11 8 ParallelStateStarted @3
        12 11 TaskStateEntered A @3
        13 12 TaskScheduled @3
        14 13 TaskStarted @3
        15 14 TaskFailed !E @4
        16 15 TaskStateAborted @4
        17 15 ParallelStateFailed @4
        18 17 ParallelStateExited P @4
        19 18 PassStateEntered C @4
        20 19 PassStateExited C =1 @4
        21 20 ExecutionSucceeded =1 @4
        """;

    private const string Map = """
        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"End":true,"ItemProcessor":{"StartAt":"A","States":{
          "A":{"Type":"Choice","Choices":[{"Variable":"$","NumericEquals":1,"Next":"B"}],"Default":"F"},
          "B":{"Type":"Pass","End":true},"F":{"Type":"Fail","Error":"Gone"}}}}}}
        """;

    private const string Lanes = """
        1 0 ExecutionStarted
        2 0 MapStateEntered M
        3 2 MapStateStarted #3
        4 3 MapIterationStarted M[0]
        5 3 MapIterationStarted M[1]
        6 5 ChoiceStateEntered A
        7 6 ChoiceStateExited A =1
        8 7 PassStateEntered B
        9 8 PassStateExited B =1
        10 9 MapIterationSucceeded M[1]
        11 9 MapIterationStarted M[2]
        12 4 ChoiceStateEntered A
        13 12 ChoiceStateExited A
        14 13 FailStateEntered F
        15 14 MapIterationFailed M[0]
        16 14 MapIterationAborted M[2]
        17 14 MapStateFailed
        18 17 ExecutionFailed !Gone
        """;

    [Theory]
    [InlineData(Parallel, Good)]
    [InlineData(Parallel, Failed)]
    [InlineData(Map, Lanes)]
    public void A_good_history_passes_and_so_does_each_of_its_beginnings(string definition, string history)
    {
        var lines = HistoryText.Read(history);
        for (var i = 0; i <= lines.Count; i++)
            Assert.Null(HistoryRules.Check(definition, [.. lines.Take(i)]));
    }

    [Theory]
    [InlineData("I3: a gap in the ids", "13 12 ParallelStateSucceeded @3", "", "its id should be 13")]
    [InlineData("I4: something follows the end", "17 16 ExecutionSucceeded =[1,2] @3", "17 16 ExecutionSucceeded =[1,2] @3\n18 16 ExecutionAborted @3", "follows the end")]
    [InlineData("I5: chained to itself", "9 6 TaskSucceeded", "9 9 TaskSucceeded", "chained to itself")]
    [InlineData("I5: chained to a sibling", "9 6 TaskSucceeded", "9 8 TaskSucceeded", "no Task stands there")]
    [InlineData("C20: the first state is chained to the start", "2 0 Parallel", "2 1 Parallel", "no branch that stands there")]
    [InlineData("C22: the marker advances the chain", "14 12 ParallelStateExited", "14 13 ParallelStateExited", "no branch stands in this state there")]
    [InlineData("C22: the marker is not at the last end", "13 12 ParallelStateSucceeded", "13 8 ParallelStateSucceeded", "no state's branches have ended there")]
    [InlineData("I6: a state that nothing leads to", "11 10 PassStateEntered B", "11 10 SucceedStateEntered Z", "no branch that stands there")]
    [InlineData("I6: another type", "11 10 PassStateEntered B", "11 10 TaskStateEntered B", "the state is a Pass")]
    [InlineData("I7: left twice", "11 10 PassStateEntered B @3", "11 10 TaskStateExited A =1 @3", "no branch stands in this state there")]
    [InlineData("I7: left before its call was answered", "9 6 TaskSucceeded @3\n10 9 TaskStateExited", "9 6 TaskStateExited A @3\n10 9 TaskStateExited", "not answered")]
    [InlineData("a wait that is too short", "8 7 WaitStateExited W =2 @2", "8 7 WaitStateExited W =2 @1", "it waited 0 ms of 1 s")]
    [InlineData("results out of order", "P =[1,2] @3", "P =[2,1] @3", "its branches put out [1,2]")]
    [InlineData("another output than the last state's", "17 16 ExecutionSucceeded =[1,2]", "17 16 ExecutionSucceeded =[1]", "its last state put out [1,2]")]
    [InlineData("I24: before its parent", "10 9 TaskStateExited A =1 @3", "10 9 TaskStateExited A =1 @1", "before event 9")]
    public void A_planted_error_in_a_parallel_is_found(string rule, string good, string bad, string expected) =>
        AssertFound(rule, Parallel, Good, good, bad, expected);

    [Theory]
    [InlineData("I8: retried too early", "@3", "@2", "2000 ms must pass")]
    [InlineData("I8: retried too often", "17 15 ParallelStateFailed @4", "17 15 ParallelStateStarted @40", "more than its retriers allow")]
    [InlineData("I8: an error that no retrier takes", "8 6 TaskFailed !E", "8 6 TaskFailed !Other", "which no retrier takes")]
    [InlineData("I5: no word of the sibling", "10 8 WaitStateAborted @1\n11 8 ParallelStateStarted @3\n12 11 TaskStateEntered", "10 8 ParallelStateStarted @3\n11 10 TaskStateEntered", "WaitStateAborted is missing")]
    [InlineData("I5: a word of a sibling too much", "10 8 WaitStateAborted @1", "10 8 WaitStateAborted @1\n11 8 WaitStateAborted @1", "no branch has failed there")]
    [InlineData("I7: a sibling goes on after the failure", "11 8 ParallelStateStarted @3", "11 7 WaitStateExited W @3", "no branch stands in this state there")]
    [InlineData("I6: another way than the catcher's", "19 18 PassStateEntered C", "19 18 SucceedStateEntered Z", "no branch that stands there")]
    [InlineData("C22: the failed branch's end does not chain", "17 15 ParallelStateFailed", "17 16 ParallelStateFailed", "no state has failed there")]
    public void A_planted_error_in_a_failure_is_found(string rule, string good, string bad, string expected) =>
        AssertFound(rule, Parallel, Failed, good, bad, expected);

    [Theory]
    [InlineData("lanes: a third iteration", "6 5 ChoiceStateEntered A", "6 3 MapIterationStarted M[2]", "no Map has a free lane there")]
    [InlineData("lanes: behind an iteration that runs", "11 9 MapIterationStarted", "11 4 MapIterationStarted", "no Map has a free lane there")]
    [InlineData("lanes: out of order", "11 9 MapIterationStarted M[2]", "11 9 MapIterationStarted M[1]", "iteration 2 is the next")]
    [InlineData("I7: another iteration ends", "10 9 MapIterationSucceeded M[1]", "10 9 MapIterationSucceeded M[0]", "it is iteration 1")]
    [InlineData("I5: an iteration that had ended is cut short", "16 14 MapIterationAborted M[2]", "16 14 MapIterationAborted M[1]", "MapIterationAborted M 2 is missing")]
    [InlineData("a Fail that is left", "15 14 MapIterationFailed M[0]", "15 14 FailStateExited F", "never left")]
    [InlineData("the end with iterations open", "17 14 MapStateFailed", "17 10 MapStateSucceeded", "no state's branches have ended there")]
    [InlineData("another error", "!Gone", "!Else", "the error was Gone")]
    public void A_planted_error_in_a_map_is_found(string rule, string good, string bad, string expected) =>
        AssertFound(rule, Map, Lanes, good, bad, expected);

    [Theory]
    [InlineData(Parallel, Good, "8 7 WaitStateExited W =2 @2", "8 7 WaitStateExited W =2 @3")]
    [InlineData(Parallel, Failed, "8 6 TaskFailed !E @1\n9 8 TaskStateAborted @1\n10 8 WaitStateAborted @1", "8 6 TaskFailed !E @1\n9 8 WaitStateAborted @1\n10 8 TaskStateAborted @1")]
    [InlineData(Parallel, Failed, "17 15 ParallelStateFailed @4", "17 0 ExecutionAborted @4")]
    [InlineData(Map, Lanes, "17 14 MapStateFailed", "17 0 ExecutionTimedOut")]
    [InlineData(Map, Lanes, "13 12 ChoiceStateExited A", "13 12 ExecutionFailed !States.Runtime")]
    [InlineData(Map, Lanes, "11 9 MapIterationStarted M[2]", "11 10 ExecutionFailed !States.Runtime")]
    public void A_near_miss_passes(string definition, string history, string good, string other)
    {
        var text = history.Replace("\r", "", StringComparison.Ordinal).Replace(good, other, StringComparison.Ordinal);
        var lines = HistoryText.Read(text);
        var end = lines.ToList().FindIndex(line => line.IsTerminal);
        Assert.Null(HistoryRules.Check(definition, [.. lines.Take(end + 1)]));
    }

    private static void AssertFound(string rule, string definition, string history, string good, string bad, string expected)
    {
        Assert.Contains(good, history, StringComparison.Ordinal);
        var found = HistoryRules.Check(definition, HistoryText.Read(history.Replace(good, bad, StringComparison.Ordinal)));
        Assert.True(found is not null, $"{rule} was not found");
        Assert.Contains(expected, found, StringComparison.Ordinal);
    }
}
