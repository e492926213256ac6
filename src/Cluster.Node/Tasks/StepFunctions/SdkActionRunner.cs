using System.Collections.Concurrent;
using Cluster.Asl.Definitions;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>
/// Asks for operations of Step Functions itself: <c>aws-sdk:sfn:&lt;action&gt;</c>. The operation is carried out in this process, as if AWS's SDK had
/// sent it here. A call that waits (<c>getActivityTask</c>, up to a minute) holds no thread, and takes no task once it is given up.
/// </summary>
public sealed partial class SdkActionRunner(ISecretSource secrets, TimeProvider time, ILogger<SdkActionRunner> log) : ITaskRunner
{
    /// <summary>How often a request is made that the server could not carry out at the moment: as often as AWS's SDK makes it.</summary>
    public const int Attempts = 3;

    /// <summary>
    /// How many bytes of a response are taken. It may be longer than a payload may be, for whoever takes the result judges that; what is
    /// longer than this is not kept at all.
    /// </summary>
    public const int LongestResponse = 1024 * 1024;

    /// <summary>The pause before the second attempt; each further one is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private const string Resource = ":states:::" + SdkAction.Service + ":";
    private const int FirstServerError = 500;

    private static readonly AwsError Unexpected =
        new(AwsErrors.InternalServerErrorCode, "The request could not be carried out.", FirstServerError);

    private readonly ConcurrentDictionary<TaskKey, CancellationTokenSource> _calls = new();

    /// <summary>Who carries the operations out; set before the first call.</summary>
    public ILocalOperations Operations { get; set; } = null!;

    /// <summary>Whether a Resource is an action of Step Functions itself.</summary>
    public static bool Takes(string resource) => resource.Contains(Resource, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Start(TaskCall call, ITaskReply reply)
    {
        // Known before it may leave: a poll that is given up in this very moment must not take a task.
        var cancellation = new CancellationTokenSource();
        _calls[call.Key] = cancellation;
        if (reply.MayLeave(call))
            _ = RunAsync(call, reply, cancellation);
        else
            Forget(call.Key, cancellation);
    }

    /// <inheritdoc/>
    public void Cancel(in TaskKey key)
    {
        if (_calls.TryRemove(key, out var call))
            _ = call.CancelAsync();
    }

    /// <inheritdoc/>
    public bool MayResend(TaskCall call) => ActionOf(call.Resource) is not { Resending: Resending.Unsafe };

    /// <summary>The action of a Resource, without its pattern; null where it is none that is built.</summary>
    private static SdkAction? ActionOf(string resource)
    {
        var action = resource[(resource.IndexOf(Resource, StringComparison.Ordinal) + Resource.Length)..];
        var pattern = action.IndexOf('.', StringComparison.Ordinal);
        return SdkAction.Find(pattern < 0 ? action : action[..pattern]);
    }

    private async Task RunAsync(TaskCall call, ITaskReply reply, CancellationTokenSource cancellation)
    {
        try
        {
            var outcome = await OutcomeAsync(call, cancellation.Token).ConfigureAwait(false);
            if (Forget(call.Key, cancellation))
                reply.Answered(call, outcome);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Given up: its answer is nobody's.
        }
    }

    /// <summary>Whether the call had not been given up. The same call may run anew by then: that one stays.</summary>
    private bool Forget(in TaskKey key, CancellationTokenSource cancellation)
    {
        if (!_calls.TryRemove(KeyValuePair.Create(key, cancellation)))
            return false;
        cancellation.Dispose();
        return true;
    }

    private async Task<TaskOutcome> OutcomeAsync(TaskCall call, CancellationToken cancellation)
    {
        if (ActionOf(call.Resource) is not { } action)
            return SdkOutcome.NotBuilt(call.Resource);
        var (body, nameIsOwn, refused) = SdkParameters.Read(action, call);
        if (refused is not null)
            return refused;
        var request = new LocalRequest(action.Operation, body, secrets.DrawUuid().ToString(), LongestResponse) { NameIsOwn = nameIsOwn };
        for (var attempt = 1; ; attempt++)
        {
            var answer = await AskAsync(request, cancellation).ConfigureAwait(false);
            if (answer.Value is { } response)
                return SdkOutcome.Succeeded(response) ?? SdkOutcome.Failed(Unexpected, request.RequestId, attempt);
            if (answer.Error!.Status < FirstServerError || attempt == Attempts)
                return SdkOutcome.Failed(answer.Error, request.RequestId, attempt);
            await Task.Delay(FirstPause * (1 << (attempt - 1)), time, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<AwsResult<LocalResponse>> AskAsync(LocalRequest request, CancellationToken cancellation)
    {
        try
        {
            return await Operations.AskAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailed(log, request.Operation, request.RequestId, e);
            return Unexpected;
        }
    }

    [LoggerMessage(EventId = 334, Level = LogLevel.Warning, Message = "{Operation} that a task asked for could not be carried out; request {RequestId}")]
    private static partial void LogFailed(ILogger log, string operation, string requestId, Exception reason);
}
