using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.StateMachines;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.History;

/// <content>Describing executions and machines.</content>
public sealed partial class QueryService
{
    /// <summary>The definition that METADATA_ONLY shows.</summary>
    private const string NoDefinition = "{}";

    /// <inheritdoc/>
    public async ValueTask<AwsResult<DescribeExecutionResponse>> DescribeExecutionAsync(
        DescribeExecutionRequest request, CancellationToken cancellation)
    {
        var arn = request.ExecutionArn;
        if (await FindAsync(arn, cancellation).ConfigureAwait(false) is not { } row)
            return AwsErrors.ExecutionDoesNotExist(arn);
        if (await StartedAsync(row, cancellation).ConfigureAwait(false) is not { } started)
            return AwsErrors.ExecutionDoesNotExist(arn);
        var closed = row.Status != ExecutionStatus.Running;
        var last = closed ? await history.ReadLastAsync(row.Id, cancellation).ConfigureAwait(false) : null;
        var (error, cause) = FailureOf(last);
        var status = StatusNames.Of(row.Status);
        return new DescribeExecutionResponse
        {
            ExecutionArn = arn,
            Status = status,
            StartDate = row.StartDate,
            StopDate = row.StopDate,
            Input = request.MetadataOnly ? (ReadOnlyMemory<byte>?)null : await history.TextAsync(row.Id, started.Payload, cancellation).ConfigureAwait(false),
            Output = request.MetadataOnly || last?.WhatCase != Wire.Event.WhatOneofCase.ExecutionSucceeded
                ? (ReadOnlyMemory<byte>?)null
                : await history.TextAsync(row.Id, last.Payload, cancellation).ConfigureAwait(false),
            Error = error,
            Cause = cause,
            TraceHeader = started.ExecutionStarted.HasTraceHeader ? started.ExecutionStarted.TraceHeader : null,
            RedriveStatus = Redrives.StatusOf(row.Status),
            RedriveStatusReason = Redrives.ReasonOf(row.Status),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<DescribeStateMachineForExecutionResponse>> DescribeStateMachineForExecutionAsync(
        DescribeStateMachineForExecutionRequest request, CancellationToken cancellation)
    {
        var arn = request.ExecutionArn;
        if (await FindAsync(arn, cancellation).ConfigureAwait(false) is not { } row)
            return AwsErrors.ExecutionDoesNotExist(arn);
        if ((await StartedAsync(row, cancellation).ConfigureAwait(false))?.ExecutionStarted is not { } start)
            return AwsErrors.ExecutionDoesNotExist(arn);
        return new DescribeStateMachineForExecutionResponse
        {
            StateMachineArn = arn.Machine,
            Definition = await DefinitionAsync(row.DefinitionHash, request.MetadataOnly, cancellation).ConfigureAwait(false),
            RoleArn = start.RoleArn,
            UpdateDate = start.MachineUpdateDate,
            RevisionId = start.HasRevisionId ? start.RevisionId : null,
            LoggingConfiguration = start.HasLoggingConfiguration ? start.LoggingConfiguration : null,
            Tracing = start.Tracing,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<DescribeStateMachineResponse>> DescribeStateMachineAsync(
        DescribeStateMachineRequest request, CancellationToken cancellation)
    {
        var arn = request.StateMachineArn;
        if (await machines.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is not { } row)
            return StateMachineCatalog.DoesNotExist(arn);
        return new DescribeStateMachineResponse
        {
            StateMachineArn = arn,
            Definition = await DefinitionAsync(row.DefinitionHash, request.MetadataOnly, cancellation).ConfigureAwait(false),
            RoleArn = row.RoleArn,
            Type = row.Type,
            CreationDate = row.CreationDate,
            RevisionId = row.RevisionId,
            LoggingConfiguration = row.LoggingConfiguration,
            Tracing = row.Tracing,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<ListStateMachinesResponse>> ListStateMachinesAsync(
        ListStateMachinesRequest request, CancellationToken cancellation)
    {
        const string query = "machines";
        string? after = null;
        if (request.NextToken is { } token)
        {
            if (!PageTokens.TryRead(token, query, Now, out var position))
                return InvalidToken(token);
            after = position;
        }

        var rows = await machines.ListAsync(address.Account, address.Region, after, request.MaxResults + 1, cancellation)
            .ConfigureAwait(false);
        var page = rows.Take(request.MaxResults).Select(r => new StateMachineListItem(
            new StateMachineArn(address.Partition, r.Region, r.Account, r.Name), r.Type, r.CreationDate));
        var next = rows.Count > request.MaxResults ? PageTokens.Make(query, rows[request.MaxResults - 1].Name, Now) : null;
        return new ListStateMachinesResponse(page.ToList(), next);
    }

    private static (string? Error, string? Cause) FailureOf(Wire.Event? last) => last?.WhatCase switch
    {
        Wire.Event.WhatOneofCase.ExecutionFailed => (
            last.ExecutionFailed.HasError ? last.ExecutionFailed.Error : null,
            last.ExecutionFailed.HasCause ? last.ExecutionFailed.Cause : null),
        Wire.Event.WhatOneofCase.ExecutionAborted => (
            last.ExecutionAborted.HasError ? last.ExecutionAborted.Error : null,
            last.ExecutionAborted.HasCause ? last.ExecutionAborted.Cause : null),
        _ => (null, null),
    };

    /// <summary>How an execution began, or null when it was removed since its row was read.</summary>
    private async ValueTask<Wire.Event?> StartedAsync(ExecutionRow row, CancellationToken cancellation)
    {
        var rows = await executions.ReadHistoryAsync(row.Id, 1, 1, cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : EventCodec.Read(rows[0].Events).Events[0];
    }

    private async ValueTask<string> DefinitionAsync(ReadOnlyMemory<byte> hash, bool metadataOnly, CancellationToken cancellation)
    {
        if (metadataOnly)
            return NoDefinition;
        return await machines.ReadDefinitionAsync(hash, cancellation).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A definition that is referred to is not in the store.");
    }
}
