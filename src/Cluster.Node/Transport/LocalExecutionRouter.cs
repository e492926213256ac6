using System.Security.Cryptography;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
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

namespace Cluster.Node.Transport;

/// <summary>
/// Takes commands to the executions of this process and waits for what they answer. A node whose lease has lapsed refuses them at once, since
/// it may be cut off from the store and would keep its callers waiting.
/// </summary>
public sealed partial class LocalExecutionRouter(
    ShardRegion region,
    Lease lease,
    IExecutionQueries queries,
    MachineHeads heads,
    DefinitionCache definitions,
    ActivityHeads activities,
    ActivityRegion polled,
    TaskTokens tokens,
    TimeProvider time) : IExecutionRouter
{
    /// <summary>How long a caller waits for an execution's answer before it is told to try again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly AwsError TryAgain = TokenAnswers.TryAgain;

    /// <inheritdoc/>
    public async ValueTask<AwsResult<StartExecutionResponse>> StartExecutionAsync(
        StartExecutionRequest request, CancellationToken cancellation)
    {
        var machineArn = request.StateMachineArn;
        if (request.Input.IsEmpty)
            return InvalidInput("Invalid execution input.");
        if (!Payload.TryRead(request.Input, out var input, out var error))
            return InvalidInput(error.Message);
        if (!lease.IsHeld)
            return TryAgain;
        var machine = await heads.FindAsync(machineArn.Account, machineArn.Region, machineArn.Name, cancellation).ConfigureAwait(false);
        if (machine is null)
            return StateMachineCatalog.DoesNotExist(machineArn);
        var definition = await definitions.GetAsync(machine.DefinitionHash, cancellation).ConfigureAwait(false);
        await activities.PrepareAsync(definition.Activities, cancellation).ConfigureAwait(false);
        var arn = new ExecutionArn(machineArn.Partition, machineArn.Region, machineArn.Account, machineArn.Name, request.Name);
        var start = new StartExecution(
            Pinned(request, machine, arn), input, SHA256.HashData(request.Input.Span), definition, machine.DefinitionHash);
        var promise = new PromiseRef();
        region.Tell(new StartEntity(new EntityName(arn.Account, arn.Region, arn.StateMachine, arn.Name), start), promise);
        return await AnswerAsync(promise, cancellation).ConfigureAwait(false) switch
        {
            ExecutionAnswer.Started { Before: { } other } when request is { ParentToken: { } parent, NameIsOwn: false }
                && !await IsPartOfAsync(other, parent, cancellation).ConfigureAwait(false) => AlreadyExists(arn),
            ExecutionAnswer.Started started => new StartExecutionResponse(arn, started.StartDate),
            NotOwner elsewhere => TokenAnswers.Elsewhere(elsewhere),
            ExecutionAnswer.NameTaken taken when request.NameIsOwn
                || (request.ParentToken is { } token && await IsPartOfAsync(taken.Holder.Id, token, cancellation).ConfigureAwait(false)) =>
                new StartExecutionResponse(arn, taken.Holder.StartDate),
            ExecutionAnswer.NameTaken => AlreadyExists(arn),
            _ => TryAgain,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<StopExecutionResponse>> StopExecutionAsync(
        StopExecutionRequest request, CancellationToken cancellation)
    {
        if (!lease.IsHeld)
            return TryAgain;
        var arn = request.ExecutionArn;
        var row = await queries.FindAsync(arn.Account, arn.Region, arn.StateMachine, arn.Name, cancellation).ConfigureAwait(false);
        if (row is null)
            return AwsErrors.ExecutionDoesNotExist(arn);
        if (row.StopDate is { } stopped)
            return new StopExecutionResponse(stopped);
        var promise = new PromiseRef();
        region.Tell(new ToEntity(row.Id, new RunCommand(new ExecutionCommand.Stop(request.Error, request.Cause))), promise);
        return await AnswerAsync(promise, cancellation).ConfigureAwait(false) switch
        {
            ExecutionAnswer.Handled { StopDate: { } stopDate } => new StopExecutionResponse(stopDate),
            ExecutionAnswer.Parked parked => TryAgain with { Message = parked.Words },
            NotOwner elsewhere => TokenAnswers.Elsewhere(elsewhere),
            ExecutionAnswer.Unknown => AwsErrors.ExecutionDoesNotExist(arn),
            _ => TryAgain,
        };
    }

    /// <summary>Whether an execution was started as a part of that task: then the same start has come twice.</summary>
    private async ValueTask<bool> IsPartOfAsync(ExecutionId id, string token, CancellationToken cancellation)
    {
        var rows = await queries.ReadHistoryAsync(id, 1, 1, cancellation).ConfigureAwait(false);
        return rows.Count > 0 && EventCodec.ParentTokenOf(rows[0].Events) is { } held && string.Equals(held, token, StringComparison.Ordinal);
    }

    private static AwsError AlreadyExists(ExecutionArn arn) => new("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");

    private static AwsError InvalidInput(string reason) =>
        new("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{reason}'");

    private static ExecutionStart Pinned(StartExecutionRequest request, StateMachineRow machine, ExecutionArn arn) => new()
    {
        ExecutionArn = arn.ToString(),
        Name = arn.Name,
        StateMachineArn = request.StateMachineArn.ToString(),
        StateMachineName = machine.Name,
        RoleArn = machine.RoleArn,
        DefinitionHash = Convert.ToHexStringLower(machine.DefinitionHash.Span),
        RevisionId = machine.RevisionId,
        MachineUpdateDate = machine.UpdateDate,
        LoggingConfiguration = machine.LoggingConfiguration,
        Tracing = machine.Tracing,
        TraceHeader = request.TraceHeader,
        Principal = request.Principal,
        RequestId = request.RequestId,
        ParentToken = request.ParentToken,
        ParentSeesJson = request.ParentSeesJson,
    };

    private async Task<object?> AnswerAsync(PromiseRef promise, CancellationToken cancellation)
    {
        try
        {
            return await promise.Answer.WaitAsync(LongestWait, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
