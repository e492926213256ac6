using System.Security.Cryptography;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.StateMachines;
using Cluster.Node.Tasks.Tokens;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>
/// The router of one life of a node, for what executions ask of each other: it tells the same commands and answers in the same words as the
/// product's, but its mail goes over the simulated lines, and whoever waits goes on in the agenda's one thread.
/// </summary>
internal sealed class SimulatedRouter(World world, NodeLife life, Lease lease, TaskTokens tokens, SimulatedPost post) : IExecutionRouter
{
    private static readonly AwsError TryAgain = new("ServiceUnavailable", "The simulated service is unavailable.", Status: 503);

    public ValueTask<AwsResult<StartExecutionResponse>> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellation)
    {
        request = world.Sabotage.Start(request);
        var machineArn = request.StateMachineArn;
        if (!Payload.TryRead(request.Input, out var input, out var error))
            return Now<StartExecutionResponse>(new AwsError("InvalidExecutionInput", error.Message));
        if (!lease.IsHeld)
            return Now<StartExecutionResponse>(TryAgain);
        if (world.Definitions.Find(machineArn.Name) is not { } machine)
            return Now<StartExecutionResponse>(StateMachineCatalog.DoesNotExist(machineArn));
        var arn = new ExecutionArn(machineArn.Partition, machineArn.Region, machineArn.Account, machineArn.Name, request.Name);
        var start = new StartExecution(Pinned(request, machine, arn), input, SHA256.HashData(request.Input.Span), machine.Definition, machine.Hash);
        var bucket = Buckets.Of(arn.Account, arn.Region, arn.StateMachine, arn.Name);
        var mail = NodeMail.Start(
            arn.Name, ShardOf(bucket), new StartEntity(new EntityName(arn.Account, arn.Region, arn.StateMachine, arn.Name), start));
        world.Log.Nested(arn.StateMachine, arn.Name, request.Input.Span);
        return Answer<StartExecutionResponse>(mail, told => told switch
        {
            ExecutionAnswer.Started { Before: { } other } when request is { ParentToken: not null, NameIsOwn: false } && !IsPartOf(other, request) => AlreadyExists(arn),
            ExecutionAnswer.Started started => Started(request, arn, started.StartDate),
            ExecutionAnswer.NameTaken taken when request.NameIsOwn || IsPartOf(taken.Holder.Id, request) =>
                Started(request, arn, taken.Holder.StartDate),
            ExecutionAnswer.NameTaken => AlreadyExists(arn),
            _ => TryAgain,
        });
    }

    public ValueTask<AwsResult<StopExecutionResponse>> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancellation)
    {
        if (!lease.IsHeld)
            return Now<StopExecutionResponse>(TryAgain);
        var answer = new TaskCompletionSource<AwsResult<StopExecutionResponse>>();
        Read(request.ExecutionArn, () => answer.SetResult(TryAgain), row =>
        {
            if (row is null)
                answer.SetResult(AwsErrors.ExecutionDoesNotExist(request.ExecutionArn));
            else if (row.StopDate is { } stopped)
                answer.SetResult(new StopExecutionResponse(stopped));
            else
                post.Send(NodeMail.Letter(row.Id, ShardOf(row.Id.Bucket), new ExecutionCommand.Stop(request.Error, request.Cause)), told => answer.SetResult(told switch
                {
                    ExecutionAnswer.Handled { StopDate: { } stopDate } => new StopExecutionResponse(stopDate),
                    ExecutionAnswer.Unknown => AwsErrors.ExecutionDoesNotExist(request.ExecutionArn),
                    _ => TryAgain,
                }));
        });
        return new ValueTask<AwsResult<StopExecutionResponse>>(answer.Task);
    }

    public async ValueTask<AwsResult<SendTaskSuccessResponse>> SendTaskSuccessAsync(SendTaskSuccessRequest request, CancellationToken cancellation) =>
        await Say(request.TaskToken, TaskWord.Success(request.Output)).ConfigureAwait(false) is { } refused ? refused : new SendTaskSuccessResponse();

    public async ValueTask<AwsResult<SendTaskFailureResponse>> SendTaskFailureAsync(SendTaskFailureRequest request, CancellationToken cancellation) =>
        await Say(request.TaskToken, TaskWord.Failure(request.Error, request.Cause)).ConfigureAwait(false) is { } refused ? refused : new SendTaskFailureResponse();

    public ValueTask<AwsResult<GetActivityTaskResponse>> GetActivityTaskAsync(GetActivityTaskRequest request, CancellationToken cancellation) =>
        throw new NotSupportedException("No execution polls.");

    public ValueTask<AwsResult<SendTaskHeartbeatResponse>> SendTaskHeartbeatAsync(SendTaskHeartbeatRequest request, CancellationToken cancellation) =>
        throw new NotSupportedException("No execution is heard of before its end.");

    /// <summary>Tells the execution of a token how a task of its ends; null when it was heard.</summary>
    private ValueTask<AwsError?> Say(string text, TaskWord word)
    {
        if (World.Now(tokens.ReadAsync(text, CancellationToken.None)).Token is not { } token)
            return new ValueTask<AwsError?>(AwsErrors.InvalidToken());
        if (!lease.IsHeld)
            return new ValueTask<AwsError?>(TryAgain);
        var end = world.Sabotage.Said(new ExecutionCommand.EndTask(token.Scope, token.Visit, token.Attempt, text, word), token.Execution, world);
        var answer = new TaskCompletionSource<AwsError?>();
        post.Send(NodeMail.Letter(token.Execution, ShardOf(token.Execution.Bucket), end), told => answer.SetResult(told switch
        {
            ExecutionAnswer.Handled { Reply: CommandReply.Done } => null,
            ExecutionAnswer.Handled => NotWaitedFor(),
            ExecutionAnswer.Unknown => AwsErrors.TaskDoesNotExist(),
            _ => TryAgain,
        }));
        return new ValueTask<AwsError?>(answer.Task);
    }

    private AwsError NotWaitedFor()
    {
        world.Faults.Passed(Landmark.EndNotWaitedFor);
        return AwsErrors.TaskTimedOut();
    }

    private AwsResult<StartExecutionResponse> Started(StartExecutionRequest request, ExecutionArn arn, long startDate)
    {
        world.Nested.StartAnswered(request);
        return new StartExecutionResponse(arn, startDate);
    }

    /// <summary>Sends mail; the task that is returned ends inside the agenda, and whoever awaits it goes on there.</summary>
    private ValueTask<AwsResult<T>> Answer<T>(NodeMail mail, Func<object?, AwsResult<T>> resultOf)
        where T : class
    {
        var answer = new TaskCompletionSource<AwsResult<T>>();
        post.Send(mail, told => answer.SetResult(resultOf(told)));
        return new ValueTask<AwsResult<T>>(answer.Task);
    }

    private static ValueTask<AwsResult<T>> Now<T>(AwsError error)
        where T : class => new(error);

    private void Read(ExecutionArn arn, Action failed, Action<ExecutionRow?> read) =>
        world.Agenda.In(world.Network.Travel() + world.StallTime, () =>
        {
            if (world.Network.IsCut(life.Node, Network.Store) || world.Network.IsCut(Network.Store, life.Node))
            {
                life.Do(failed);
                return;
            }

            var row = World.Now(world.Store.FindAsync(arn.Account, arn.Region, arn.StateMachine, arn.Name, CancellationToken.None));
            world.Agenda.In(world.Network.Travel(), () => life.Do(() => read(row)));
        });

    private static AwsError AlreadyExists(ExecutionArn arn) => new("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");

    private bool IsPartOf(ExecutionId id, StartExecutionRequest request)
    {
        var rows = World.Now(world.Store.ReadHistoryAsync(id, 1, 1, CancellationToken.None));
        return request.ParentToken is { } token && rows.Count > 0 && string.Equals(EventCodec.ParentTokenOf(rows[0].Events), token, StringComparison.Ordinal);
    }

    private int ShardOf(int bucket) => ShardRange.IndexOf(bucket, world.Store.ShardCount);

    private static ExecutionStart Pinned(StartExecutionRequest request, SimulatedMachine machine, ExecutionArn arn) => new()
    {
        ExecutionArn = arn.ToString(),
        Name = arn.Name,
        StateMachineArn = request.StateMachineArn.ToString(),
        StateMachineName = machine.Name,
        RoleArn = $"arn:aws:iam::{Workload.Account}:role/simulated",
        DefinitionHash = Convert.ToHexStringLower(machine.Hash),
        TraceHeader = request.TraceHeader,
        RequestId = request.RequestId,
        ParentToken = request.ParentToken,
        ParentSeesJson = request.ParentSeesJson,
    };
}
