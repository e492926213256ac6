using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Transport;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>
/// The door of one life of a node for workers and whoever has a token. Who asks the wrong node is told which one holds the execution, and
/// goes there itself.
/// </summary>
internal sealed class TaskDoor(World world, NodeLife life, ShardRegion region, ActivityRegion polled, TaskTokens tokens, Lease lease)
{
    /// <summary>How long a worker waits for a task: less than with a real server, so that workers come to all nodes.</summary>
    internal static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(4);

    /// <summary>Polls that are not answered; one that came twice is two.</summary>
    private readonly List<(TaskAsk.Poll Ask, Session Session)> _waiting = [];

    /// <summary>Polls that are not answered. The message at which an activity fails is lost with it.</summary>
    internal int Waiting => _waiting.Count(poll => !world.Invariants.HasFailed(poll.Session.Name));

    internal void Serve(TaskAsk ask, Action<object> answer)
    {
        world.Stepped(life, "task", ask.Who, ask.GetType().Name);
        if (!life.IsAlive)
            return;
        switch (ask)
        {
            case TaskAsk.Poll poll:
                Poll(poll, answer);
                break;
            case TaskAsk.Say say:
                Say(say, say.Token, token => new ExecutionCommand.EndTask(token.Scope, token.Visit, token.Attempt, say.Token, say.Word), answer);
                break;
            case TaskAsk.Beat beat:
                Say(beat, beat.Token, token => new ExecutionCommand.Heartbeat(token.Scope, token.Visit, token.Attempt, beat.Token), answer);
                break;
        }
    }

    /// <summary>A worker has gone away.</summary>
    internal void Abandon(TaskAsk.Poll poll)
    {
        foreach (var (_, session) in _waiting.FindAll(waiting => ReferenceEquals(waiting.Ask, poll)))
        {
            session.IsAbandoned = true;
            polled.Abandon(poll.Activity, session);
        }

        _waiting.RemoveAll(waiting => ReferenceEquals(waiting.Ask, poll));
    }

    private void Poll(TaskAsk.Poll poll, Action<object> answer)
    {
        if (!lease.IsHeld)
        {
            answer(TokenAnswers.TryAgain);
            return;
        }

        var until = world.ClockOf(life) + (long)LongestPoll.TotalMilliseconds;
        Session? session = null;
        session = new Session(world, life, world.Answers.NextRequest(), $"{life.Number} activity-{poll.Activity.Name}", shard: -1, told =>
        {
            _waiting.RemoveAll(waiting => ReferenceEquals(waiting.Session, session));
            if (told is ActivityAnswer.Given given)
                world.TaskTokens.Given(given);
            else if (told is ActivityAnswer.Nothing)
                world.Faults.Passed(Landmark.PollEmpty);
            answer(told);
        });
        _waiting.Add((poll, session));
        session.Watch();
        polled.Poll(poll.Activity, new PollActivity(poll.Who, until), session);
    }

    private void Say(TaskAsk ask, string text, Func<TaskToken, ExecutionCommand> command, Action<object> answer)
    {
        if (World.Now(tokens.ReadAsync(text, CancellationToken.None)).Token is not { } token)
        {
            world.TaskTokens.Refused(text);
            answer(AwsErrors.InvalidToken());
            return;
        }

        if (!lease.IsHeld)
        {
            answer(TokenAnswers.TryAgain);
            return;
        }

        var came = world.Agenda.NowMs;
        var shard = ShardRange.IndexOf(token.Execution.Bucket, world.Store.ShardCount);
        var session = new Session(world, life, world.Answers.NextRequest(), token.Execution.ToString(), shard, told =>
        {
            object heard = told is NotOwner { Owner: not null } ? told : (object?)TokenAnswers.Refusal(told, lease) ?? TaskHeard.Instance;
            world.TaskTokens.Told(ask, text, token, heard, came, life);
            answer(heard);
        });
        session.Watch();
        region.Tell(new ToEntity(token.Execution, new RunCommand(command(token))), session);
    }
}
