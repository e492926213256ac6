using System.Collections.Concurrent;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>
/// Starts executions: <c>states:startExecution</c> with all its patterns. A start has a name that is the same when the call is sent again, so
/// sending again is always safe.
/// </summary>
public sealed partial class StartExecutionRunner(ISecretSource secrets, TimeProvider time, ILogger<StartExecutionRunner> log) : ITaskRunner
{
    /// <summary>The pause after a start that could not be judged now; each further one is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private const string Service = ":states:::states:startExecution";
    private const int UuidBytes = 16;

    /// <summary>Calls that somebody waits for. One that was given up ends by itself after its next answer or pause.</summary>
    private readonly ConcurrentDictionary<TaskKey, TaskCall> _calls = new();

    /// <summary>Where starts go; set before the first call.</summary>
    public IExecutionRouter Router { get; set; } = null!;

    /// <summary>Whether a Resource is a start.</summary>
    public static bool Takes(string resource) => resource.Contains(Service, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Start(TaskCall call, ITaskReply reply)
    {
        if (reply.MayLeave(call))
            _ = RunAsync(call, reply);
    }

    /// <inheritdoc/>
    public void Cancel(in TaskKey key) => _calls.TryRemove(key, out _);

    /// <inheritdoc/>
    public bool MayResend(TaskCall call) => true;

    private async Task RunAsync(TaskCall call, ITaskReply reply)
    {
        _calls[call.Key] = call;
        if (await OutcomeAsync(call).ConfigureAwait(false) is { } outcome && _calls.TryRemove(KeyValuePair.Create(call.Key, call)))
            reply.Answered(call, outcome);
    }

    /// <summary>The outcome of a call; null when it was given up before there was one.</summary>
    private async Task<TaskOutcome?> OutcomeAsync(TaskCall call)
    {
        var (request, refused) = StartExecutionParameters.Read(call);
        if (request is null)
            return refused;
        var id = RequestId();
        for (var pause = FirstPause; IsWaitedFor(call); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryAsync(request with { RequestId = id }).ConfigureAwait(false) is { } answer)
            {
                return answer.Error is { } error
                    ? StartExecutionOutcome.Failed(error, id)
                    : StartExecutionOutcome.Succeeded(answer.Value!, id, time.GetUtcNow());
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
        }

        return null;
    }

    private bool IsWaitedFor(TaskCall call) => _calls.TryGetValue(call.Key, out var open) && ReferenceEquals(open, call);

    /// <summary>The answer to a start, or null when it may be another in a moment.</summary>
    private async Task<AwsResult<Protocol.Operations.StartExecutionResponse>?> TryAsync(Protocol.Operations.StartExecutionRequest request)
    {
        try
        {
            var answer = await Router.StartExecutionAsync(request, CancellationToken.None).ConfigureAwait(false);
            return answer.Error is { Status: >= 500 } ? (AwsResult<Protocol.Operations.StartExecutionResponse>?)null : answer;
        }
        catch (Exception e)
        {
            LogFailed(log, request.Name, e);
            return null;
        }
    }

    private string RequestId()
    {
        Span<byte> bytes = stackalloc byte[UuidBytes];
        secrets.Fill(bytes);
        return new Guid(bytes).ToString();
    }

    [LoggerMessage(EventId = 333, Level = LogLevel.Warning, Message = "The start of {Name} could not be carried out; it is tried again")]
    private static partial void LogFailed(ILogger log, string name, Exception reason);
}
