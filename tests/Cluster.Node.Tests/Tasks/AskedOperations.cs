using System.Text;
using System.Text.Json.Nodes;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.StepFunctions;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Tasks;

/// <summary>Operations that a test answers, and the runner that asks for them.</summary>
internal sealed class AskedOperations : ILocalOperations, ITaskReply, ISecretSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource<TaskOutcome> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AskedOperations() => Runner = new SdkActionRunner(this, TimeProvider.System, NullLogger<SdkActionRunner>.Instance) { Operations = this };

    public SdkActionRunner Runner { get; }

    public List<LocalRequest> Asked { get; } = [];

    public bool HasAnswer => _answered.Task.IsCompleted;

    /// <summary>What each request is answered.</summary>
    public Func<LocalRequest, CancellationToken, Task<AwsResult<LocalResponse>>> Answer { get; set; } =
        static (_, _) => Task.FromResult<AwsResult<LocalResponse>>(new LocalResponse("{}"u8.ToArray()));

    public bool May { get; set; } = true;

    public static TaskCall Call(string action, string parameters) =>
        new(new TaskKey(new ExecutionId(1, 2), 1, "", 1, 0), "arn:aws:states:::aws-sdk:sfn:" + action, Encoding.UTF8.GetBytes(parameters), Resent: false);

    public static AskedOperations Refusing(AwsError error) => new() { Answer = (_, _) => Task.FromResult<AwsResult<LocalResponse>>(error) };

    public static AskedOperations Answering(string? body) =>
        new() { Answer = (_, _) => Task.FromResult<AwsResult<LocalResponse>>(body is null ? new LocalResponse(Body: null) : new LocalResponse(Encoding.UTF8.GetBytes(body))) };

    public Task<TaskOutcome> RunAsync(string action, string parameters) => RunAsync(Call(action, parameters));

    public async Task<TaskOutcome> RunAsync(TaskCall call)
    {
        Runner.Start(call, this);
        return await _answered.Task.WaitAsync(Patience);
    }

    public async Task<string> TextAsync(string action, string parameters) => Caller.TextOf(await RunAsync(action, parameters));

    /// <summary>The body of the one request that was made.</summary>
    public async Task<JsonNode> BodyAsync(string action, string parameters)
    {
        await RunAsync(action, parameters);
        return JsonNode.Parse(Asked.Single().Body.Span)!;
    }

    public async ValueTask<AwsResult<LocalResponse>> AskAsync(LocalRequest request, CancellationToken cancellation)
    {
        Asked.Add(request);
        return await Answer(request, cancellation);
    }

    public bool MayLeave(TaskCall call) => May;

    public void Answered(TaskCall call, TaskOutcome outcome) => _answered.SetResult(outcome);

    public void Fill(Span<byte> destination) => destination.Fill(7);
}
