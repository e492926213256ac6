using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// Calls functions: a function's ARN as Resource, or <c>arn:aws:states:::lambda:invoke</c>.
/// </summary>
/// <remarks>
/// A call is sent at most once. It ends in one of four ways: answered, failed, given up by <see cref="Cancel"/> (silently), or over its
/// function's time. A call that cannot leave and one whose connection breaks after it left both fail with
/// <c>Lambda.SdkClientException</c>, as they do with AWS's SDK; its cause tells them apart, and Retry decides.
/// </remarks>
public sealed partial class LambdaTaskRunner : ITaskRunner, IDisposable
{
    private readonly ConcurrentDictionary<TaskKey, FunctionCall> _calls = new();
    private readonly FunctionRegistry _registry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskMetrics _metrics;

    /// <summary>Makes a runner.</summary>
    /// <param name="settings">Where functions are and how they are called.</param>
    /// <param name="time">Measures how long calls last.</param>
    /// <param name="logger">Takes failures that nobody expected.</param>
    /// <param name="metrics">Counts; those of the process when null.</param>
    public LambdaTaskRunner(TaskSettings settings, TimeProvider time, ILogger logger, TaskMetrics? metrics = null)
    {
        _metrics = metrics ?? TaskMetrics.OfProcess;
        _registry = new FunctionRegistry(settings);
        _time = time;
        _logger = logger;
    }

    /// <summary>How many calls run or wait for a slot.</summary>
    public int InFlight => _calls.Count;

    /// <inheritdoc/>
    public void Start(TaskCall call, ITaskReply reply)
    {
        var started = new FunctionCall(this, call, reply, PlanOf(call));
        if (!_calls.TryAdd(call.Key, started))
            throw new InvalidOperationException($"The call {call.Key} is running already.");
        if (GateOf(started) is { } gate)
        {
            var entry = gate.Enter(started);
            if (entry is CallGate.Entry.Waiting)
            {
                _metrics.Waits();
                return;
            }

            if (entry is CallGate.Entry.Refused)
                started.Plan = new CallPlan.Refuse(LambdaFailures.TooManyWaiting(gate.MaxWaiting));
        }

        ThreadPool.UnsafeQueueUserWorkItem(started, preferLocal: false);
    }

    /// <inheritdoc/>
    public void Cancel(in TaskKey key)
    {
        if (!_calls.TryRemove(key, out var call))
            return;
        if (GateOf(call)?.Withdraw(call) is true)
            _metrics.WaitsNoMore();
        call.Cancel();
    }

    /// <inheritdoc/>
    public bool MayResend(TaskCall call) =>
        PlanOf(call) is CallPlan.Invoke { Function.Idempotent: true };

    /// <summary>Closes all connections; calls that still run are given up.</summary>
    public void Dispose()
    {
        foreach (var key in _calls.Keys)
            Cancel(key);
        _registry.Dispose();
    }

    /// <summary>Runs a call that has a slot, then hands the slot on.</summary>
    internal async Task RunAsync(FunctionCall call)
    {
        var began = _time.GetTimestamp();
        TaskOutcome? answered = null;
        _metrics.Runs();
        try
        {
            if (!MayLeave(call) || call.Begin(_time) is not { } cancellation)
                return;
            var outcome = await OutcomeAsync(call, cancellation.Token).ConfigureAwait(false);
            if (!_calls.TryRemove(KeyValuePair.Create(call.Task.Key, call)))
                return;
            answered = outcome;
            call.Reply.Answered(call.Task, outcome);
        }
        finally
        {
            call.End();
            _metrics.Ended(answered, _time.GetElapsedTime(began));
            if (GateOf(call)?.Leave() is { } next)
            {
                _metrics.WaitsNoMore();
                ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
            }
        }
    }

    /// <summary>
    /// Asks whether a call may leave, as one that is forgotten. When it is given up in this very moment it leaves nevertheless: its answer is
    /// nobody's.
    /// </summary>
    private bool MayLeave(FunctionCall call) => _calls.TryRemove(KeyValuePair.Create(call.Task.Key, call))
        && call.Reply.MayLeave(call.Task)
        && _calls.TryAdd(call.Task.Key, call);

    private static CallGate? GateOf(FunctionCall call) => (call.Plan as CallPlan.Invoke)?.Function.Gate;

    private CallPlan PlanOf(TaskCall call)
    {
        if (InvokeParameters.IsInvoke(call.Resource))
        {
            var (request, failure) = InvokeParameters.Read(call.Input);
            return request is null ? new CallPlan.Refuse(failure!) : PlanOf(request, _registry.Find(request.Function));
        }

        return _registry.Resolve(call.Resource) is { } known
            ? PlanOf(new FunctionRequest { Function = known.Name, Payload = call.Input, IsInvoke = false }, known.Function)
            : new CallPlan.Refuse(LambdaFailures.UnknownResource(call.Resource));
    }

    private static CallPlan PlanOf(FunctionRequest request, RegisteredFunction? function) => function is null
        ? new CallPlan.Refuse(LambdaFailures.NoEndpoint(request.Function))
        : new CallPlan.Invoke(request, function);

    private async ValueTask<TaskOutcome> OutcomeAsync(FunctionCall call, CancellationToken cancellation)
    {
        if (call.Plan is not CallPlan.Invoke(var request, var function))
            return ((CallPlan.Refuse)call.Plan).Failure;
        try
        {
            var answer = await function.Endpoint.CallAsync(request, call.Task.Key, cancellation).ConfigureAwait(false);
            return LambdaOutcome.Of(request, call.Task.Key, answer);
        }
        catch (Exception failure) when (cancellation.IsCancellationRequested && failure is OperationCanceledException or IOException or HttpRequestException)
        {
            return LambdaFailures.TimedOut(call.Task.Key, function.Timeout);
        }
        catch (Exception failure)
        {
            LogUnexpected(failure, request.Function.Text);
            return LambdaFailures.Unexpected(failure);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "A call of {Function} failed in a way that nobody expected.")]
    private partial void LogUnexpected(Exception failure, string function);
}
