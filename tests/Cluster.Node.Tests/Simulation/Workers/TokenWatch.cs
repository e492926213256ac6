using System.Text;
using System.Text.RegularExpressions;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Tasks.Tokens;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>
/// What must hold of tasks that others end: a token is handed out once, after its start has committed; one word is heard, and it is the one
/// that the history shows; whoever was heard has the whole silence before it counts; what is no token is told so without a look at anything.
/// </summary>
internal sealed partial class TokenWatch(World world)
{
    private const int MillisecondsPerSecond = 1_000;

    private readonly Dictionary<TaskToken, TokenAttempt> _attempts = [];
    private readonly Dictionary<string, TokenAttempt> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TaskAsk.Say> _said = [];
    private readonly HashSet<string> _bent = new(StringComparer.Ordinal);

    internal TokenAttempt? Find(string token) => _byToken.GetValueOrDefault(token);

    /// <summary>A word is about to be said; its number.</summary>
    internal int NextWord => _said.Count + 1;

    internal void Says(TaskAsk.Say say) => _said.Add(say.Number, say);

    /// <summary>Somebody is about to send what looks like a token and is none.</summary>
    internal void Bent(string token) => _bent.Add(token);

    /// <summary>A node says that something is no token.</summary>
    internal void Refused(string token)
    {
        if (_bent.Contains(token))
            world.Faults.Passed(Landmark.BentTokenRefused);
        else
            Violated($"{token} was made by a node, and is no token at another");
    }

    /// <summary>Somebody outside has the token.</summary>
    internal void Received(string token)
    {
        if (Find(token) is not { } attempt)
        {
            Violated($"{token} came to somebody, and no attempt has it");
            return;
        }

        attempt.HasHolder = true;
        attempt.HeldAt ??= EpochOf(attempt);
    }

    /// <summary>A task leaves a node for a worker.</summary>
    internal void Given(ActivityAnswer.Given given)
    {
        if (Find(given.Token) is not { } attempt)
        {
            Violated($"{given.Token} was given to a worker before its attempt had committed");
            return;
        }

        if (!attempt.IsActivity || !attempt.IsDelegated)
            Violated($"{attempt.Key} was given to a worker before that had committed");
        if (attempt.WasGiven)
            Violated($"{attempt.Key} was given to two workers");
        var fold = world.Invariants.Model(attempt.Key.Execution)!.Fold;
        if (fold.Task(attempt.Key.Scope, attempt.Key.Visit, attempt.Key.Attempt, ScopePhase.Delegated) is { } scope && !given.Input.Span.SequenceEqual(scope.TaskInput!.Utf8.Span))
            Violated($"{attempt.Key} was given with another input");
        attempt.WasGiven = true;
    }

    /// <summary>An event of an attempt has committed.</summary>
    internal void Committed(ExecutionId id, ExecutionEvent e, long visit, int attempt)
    {
        var key = new TaskToken(id, e.Scope, visit, attempt);
        if (e is TaskScheduled { Token: not null } scheduled && !IsNested(scheduled.Resource))
            Scheduled(key, scheduled);
        else if (_attempts.GetValueOrDefault(key) is { } found)
            Happened(found, e);
    }

    /// <summary>A node has answered a word or a heartbeat.</summary>
    /// <param name="ask">What was asked.</param>
    /// <param name="text">The token.</param>
    /// <param name="token">What it names.</param>
    /// <param name="heard">The answer.</param>
    /// <param name="came">When it came to the node, in true Unix milliseconds.</param>
    /// <param name="life">The node.</param>
    internal void Told(TaskAsk ask, string text, TaskToken token, object heard, long came, NodeLife life)
    {
        if (_bent.Contains(text) || Find(text) is not { } attempt || attempt.Key != token)
            Violated($"{text} is no token, and was taken to {token}");
        else if (heard is TaskHeard && ask is TaskAsk.Say say)
            Acknowledged(attempt, say.Number, life);
        else if (heard is TaskHeard)
            Beaten(attempt, came);
        else if (heard is AwsError { Code: "TaskTimedOut" })
            TooLate(attempt, ask);
        else if (heard is AwsError { Status: < 500 } error)
            Violated($"{attempt.Key}: {ask.Who} was told {error.Code}");
    }

    private void Scheduled(TaskToken key, TaskScheduled scheduled)
    {
        var owner = world.Register.NodeOf(ShardOf(key));
        var attempt = new TokenAttempt(key, scheduled, scheduled.Kind == TaskKind.Activity, owner);
        if (!_attempts.TryAdd(key, attempt) || !_byToken.TryAdd(attempt.Token, attempt))
            Violated($"{key} was scheduled twice, or has the token of another");
    }

    private void Happened(TokenAttempt attempt, ExecutionEvent e)
    {
        switch (e)
        {
            case TaskStarted { Kind: TaskKind.Activity } or TaskSubmitted:
                if (attempt.IsDelegated)
                    Violated($"{attempt.Key} was given away twice");
                attempt.IsDelegated = true;
                break;
            case TaskWordKept kept:
                world.Faults.Passed(Landmark.TokenBeforeReturn);
                if (attempt.Kept is not null)
                    Violated($"{attempt.Key} has kept two words");
                attempt.Kept = NumberOf(kept.Word.Output is { } output ? Encoding.UTF8.GetString(output.Span) : kept.Word.Cause);
                Known(attempt, attempt.Kept);
                break;
            case TaskSucceeded succeeded:
                Ended(attempt, e, NumberOf(succeeded.Payload is { } result ? Encoding.UTF8.GetString(result.Utf8.Span) : null));
                break;
            case TaskFailed failed:
                Ended(attempt, e, NumberOf(failed.Cause));
                break;
            case TaskTimedOut timedOut:
                Ended(attempt, e, word: null);
                if (timedOut.Heartbeat)
                    Silent(attempt);
                break;
        }
    }

    private void Ended(TokenAttempt attempt, ExecutionEvent e, int? word)
    {
        if (attempt.End is not null)
            Violated($"{attempt.Key} has ended twice");
        if (attempt.Kept is { } kept && kept != word)
            Violated($"{attempt.Key} has ended by {e.GetType().Name} {word}, and had word {kept}");
        if (attempt.Acknowledged is { } acknowledged && acknowledged != word)
            Violated($"{attempt.Key} has ended by {e.GetType().Name} {word}, and word {acknowledged} was acknowledged");
        if (word is not null)
            Known(attempt, word);
        else if (attempt.IsDelegated && e is TaskSucceeded or TaskFailed)
            Violated($"{attempt.Key} has ended by {e.GetType().Name}, and nobody has said that");
        attempt.End = e;
        attempt.EndedBy = word;
    }

    /// <summary>A word was said, with the token of that attempt.</summary>
    private void Known(TokenAttempt attempt, int? word)
    {
        if (word is not { } number || !_said.TryGetValue(number, out var said) || !string.Equals(said.Token, attempt.Token, StringComparison.Ordinal))
            Violated($"{attempt.Key} has word {word}, which nobody has said with its token");
    }

    private void Silent(TokenAttempt attempt)
    {
        world.Faults.Passed(attempt is { IsActivity: true, HasHolder: false } ? Landmark.HandOutLost : Landmark.SilentTooLong);
        var seconds = attempt.Scheduled.HeartbeatSeconds!.Value;
        var heard = Math.Max(attempt.LastBeat, world.Register.HeldSince(ShardOf(attempt.Key)));
        if (world.Agenda.NowMs + 1 < heard + (seconds * MillisecondsPerSecond))
            Violated($"{attempt.Key} was too silent at {world.Agenda.NowMs}, and could be heard at {heard} and had {seconds} s");
    }

    private void Acknowledged(TokenAttempt attempt, int word, NodeLife life)
    {
        if (attempt.Acknowledged is { } first)
            Violated($"{attempt.Key}: word {word} was acknowledged after word {first}");
        if (attempt.EndedBy != word && attempt.Kept != word)
            Violated($"{attempt.Key}: word {word} was acknowledged and is not stored; stored is {attempt.EndedBy ?? attempt.Kept}, {attempt.End?.GetType().Name}");
        attempt.Acknowledged = word;
        world.Log.Told(attempt, _said[word], isAccepted: true);
        if (attempt.Owner != life.Node)
            world.Faults.Passed(Landmark.TokenAfterHandOver);
    }

    private void Beaten(TokenAttempt attempt, long came)
    {
        attempt.LastBeat = Math.Max(attempt.LastBeat, came);
        if (attempt.HeldAt is { } epoch && epoch < EpochOf(attempt))
            world.Faults.Passed(Landmark.HeartbeatAcrossCrash);
    }

    /// <summary>Whoever is told that it is too late must not be waited for.</summary>
    private void TooLate(TokenAttempt attempt, TaskAsk ask)
    {
        var phase = attempt.IsDelegated ? ScopePhase.Delegated : ScopePhase.Calling;
        var fold = world.Invariants.Model(attempt.Key.Execution)!.Fold;
        if (attempt is { End: null, Kept: null, HasHolder: true } && !fold.IsClosed
            && fold.Task(attempt.Key.Scope, attempt.Key.Visit, attempt.Key.Attempt, phase) is not null)
            Violated($"{attempt.Key}: {ask.Who} was told that the task is over, and it is not");
        if (ask is TaskAsk.Say refused)
            world.Log.Told(attempt, refused, isAccepted: false);
        if (ask is TaskAsk.Say && attempt.End is TaskTimedOut)
            world.Faults.Passed(Landmark.AnsweredLate);
        else if (ask is TaskAsk.Say say && (attempt.Acknowledged ?? attempt.EndedBy) is { } word && word != say.Number)
            world.Faults.Passed(Landmark.AnsweredTwice);
    }

    /// <summary>Tasks that other executions end have a watch of their own.</summary>
    private static bool IsNested(string resource) => resource.Contains(":::states:", StringComparison.Ordinal);

    private long EpochOf(TokenAttempt attempt) => world.Register.EpochOf(ShardOf(attempt.Key));

    private int ShardOf(TaskToken token) => ShardRange.IndexOf(token.Execution.Bucket, world.Store.ShardCount);

    private static int? NumberOf(string? text) => text is not null && Word().Match(text) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private void Violated(string what) => world.Invariants.Violated($"the token: {what}");

    [GeneratedRegex("^.{0,40}word\"?:? ?([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
