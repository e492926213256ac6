using System.Threading.Tasks.Sources;
using Cluster.Node.Actors;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Sharding;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Transport;

/// <summary>
/// A poll that waits for the answer of its activity. Thousands wait at a time, so that one object is the sender, the result that is awaited,
/// and all that is needed when the worker goes away. What it is told first is its answer; it is awaited once.
/// </summary>
internal sealed class WaitingPoll : ActorRef, IValueTaskSource<AwsResult<GetActivityTaskResponse>>
{
    private readonly ActivityRegion _region;
    private readonly PolledActivity _activity;
    private readonly MessageTimer _guard;
    private CancellationTokenRegistration _gone;
    private ManualResetValueTaskSourceCore<AwsResult<GetActivityTaskResponse>> _answer;
    private int _isAnswered;

    private WaitingPoll(ActivityRegion region, PolledActivity activity, long lostAt)
    {
        _region = region;
        _activity = activity;
        _answer.RunContinuationsAsynchronously = true;
        _guard = region.Guard(this, lostAt);
    }

    /// <inheritdoc/>
    public override string Name => "poll";

    /// <summary>Puts a worker in line.</summary>
    /// <param name="region">The activities.</param>
    /// <param name="name">The activity, which is there.</param>
    /// <param name="poll">Who waits, and until when.</param>
    /// <param name="lostAt">When an answer is not waited for any more, in Unix milliseconds.</param>
    /// <param name="cancellation">The worker goes away.</param>
    public static ValueTask<AwsResult<GetActivityTaskResponse>> WaitAsync(
        ActivityRegion region, ActivityName name, PollActivity poll, long lostAt, CancellationToken cancellation)
    {
        if (region.Of(name) is not { } activity)
            return ValueTask.FromResult<AwsResult<GetActivityTaskResponse>>(GetActivityTaskResponse.None);
        var waiting = new WaitingPoll(region, activity, lostAt);
        waiting._activity.Actor.Tell(poll, waiting);
        waiting._gone = cancellation.UnsafeRegister(
            static (self, token) => ((WaitingPoll)self!).End(answer: null, new OperationCanceledException(token)), waiting);
        return new ValueTask<AwsResult<GetActivityTaskResponse>>(waiting, waiting._answer.Version);
    }

    /// <inheritdoc/>
    public override void Tell(object message, ActorRef? sender = null) => End((ActivityAnswer)message, failure: null);

    /// <inheritdoc/>
    public AwsResult<GetActivityTaskResponse> GetResult(short token)
    {
        _gone.Unregister();
        _region.Unguard(_guard);
        return _answer.GetResult(token);
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private void End(ActivityAnswer? answer, OperationCanceledException? failure)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 1)
            return;
        if (answer is null or ActivityAnswer.Lost)
            _activity.Actor.Tell(new PollAbandoned(this));
        if (failure is not null)
            _answer.SetException(failure);
        else
            _answer.SetResult(ResultOf(answer!));
    }

    private AwsResult<GetActivityTaskResponse> ResultOf(ActivityAnswer answer) => answer switch
    {
        ActivityAnswer.Given given => new GetActivityTaskResponse(given.Token, given.Input),
        ActivityAnswer.TooMany => AwsErrors.ActivityWorkerLimitExceeded(_region.ArnOf(_activity.Name)),
        ActivityAnswer.Lost => TokenAnswers.TryAgain,
        _ => GetActivityTaskResponse.None,
    };
}
