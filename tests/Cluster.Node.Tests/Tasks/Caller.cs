using System.Text;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.Lambda;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Tasks;

/// <summary>Makes calls as the EffectRunner would and waits for their answers.</summary>
public sealed class Caller(TaskSettings settings) : ITaskReply, IDisposable
{
    public const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:work";
    public const string Invoke = "arn:aws:states:::lambda:invoke";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<TaskKey, TaskCompletionSource<TaskOutcome>> _waiting = [];
    private int _visits;

    public LambdaTaskRunner Runner { get; } = new(settings, TimeProvider.System, NullLogger.Instance);

    public int Answers { get; private set; }

    public static Caller Of(Uri endpoint, TimeSpan? timeout = null, int concurrency = 100, int maxWaiting = 100) => new(new TaskSettings
    {
        LambdaEndpoint = endpoint,
        LambdaTimeout = timeout ?? TimeSpan.FromSeconds(15),
        LambdaConcurrency = concurrency,
        MaxWaitingCalls = maxWaiting,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    });

    public static string TextOf(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Succeeded s => Encoding.UTF8.GetString(s.Output.Span),
        TaskOutcome.Failed f => $"{f.Error}: {f.Cause}",
        _ => throw new InvalidOperationException(),
    };

    public TaskCall Call(string resource, string input) =>
        new(new TaskKey(new ExecutionId(1, 2), 1, "", ++_visits, 0), resource, Encoding.UTF8.GetBytes(input), Resent: false);

    public Task<TaskOutcome> Start(TaskCall call)
    {
        var completion = new TaskCompletionSource<TaskOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
            _waiting.Add(call.Key, completion);
        Runner.Start(call, this);
        return completion.Task;
    }

    public Task<TaskOutcome> Run(string resource, string input) => Start(Call(resource, input)).WaitAsync(Patience);

    public bool MayLeave(TaskCall call) => true;

    public void Answered(TaskCall call, TaskOutcome outcome)
    {
        lock (_waiting)
        {
            Answers++;
            _waiting[call.Key].SetResult(outcome);
        }
    }

    public void Dispose() => Runner.Dispose();
}
