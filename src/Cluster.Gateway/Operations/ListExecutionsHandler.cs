using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListExecutions of a machine. Map runs, and what only they have, come later.</summary>
internal sealed class ListExecutionsHandler(IQueryService queries) : ShortOperationHandler<ListExecutionsRequest, ListExecutionsResponse>
{
    private const string PendingRedrive = "PENDING_REDRIVE";
    private const string NotRedriven = "NOT_REDRIVEN";

    // In AWS's order, which its error shows.
    private static readonly string[] Statuses = ["SUCCEEDED", "TIMED_OUT", PendingRedrive, "ABORTED", "FAILED", "RUNNING"];
    private static readonly string[] RedriveFilters = ["REDRIVEN", NotRedriven];

    /// <inheritdoc/>
    public override string Name => "ListExecutions";

    /// <inheritdoc/>
    protected override AwsResult<ListExecutionsRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? machineArn = null, mapRunArn = null, status = null, redriveFilter = null;
        var page = default(PageRequest);
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                machineArn = body.ReadString();
            else if (body.Is("mapRunArn"u8))
                mapRunArn = body.ReadString();
            else if (body.Is("statusFilter"u8))
                status = body.ReadString();
            else if (body.Is("redriveFilter"u8))
                redriveFilter = body.ReadString();
            else if (!page.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Length("stateMachineArn", machineArn, 1, Limits.Arn);
        shape.OneOf("statusFilter", status, Statuses);
        shape.OneOf("redriveFilter", redriveFilter, RedriveFilters);
        page.Judge(ref shape, Limits.ExecutionsPageToken);
        if (shape.Error is { } invalid)
            return invalid;
        if (machineArn is null == mapRunArn is null)
            return AwsErrors.Validation("Exactly one of stateMachineArn and mapRunArn must be specified");
        if (mapRunArn is not null)
            return AwsErrors.NotSupportedYet("mapRunArn");
        if (string.Equals(status, PendingRedrive, StringComparison.Ordinal))
            return AwsErrors.Validation("The status filter PENDING_REDRIVE is only valid with mapRunArn");
        if (redriveFilter is not null && !string.Equals(redriveFilter, NotRedriven, StringComparison.Ordinal))
            return AwsErrors.NotSupportedYet("redriveFilter REDRIVEN");
        var machine = ArnReader.StateMachine(machineArn!);
        return machine.Value is null
            ? machine.Error!
            : new ListExecutionsRequest(machine.Value, status, page.MaxResults, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListExecutionsResponse>> CallAsync(
        ListExecutionsRequest request, CancellationToken cancellation) => queries.ListExecutionsAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListExecutionsResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("executions"u8);
        foreach (var item in response.Executions)
        {
            json.WriteStartObject();
            json.WriteString("executionArn"u8, item.ExecutionArn.ToString());
            json.WriteString("stateMachineArn"u8, item.ExecutionArn.Machine.ToString());
            json.WriteString("name"u8, item.ExecutionArn.Name);
            json.WriteString("status"u8, item.Status);
            json.WriteTime("startDate"u8, item.StartDate);
            if (item.StopDate is { } stopDate)
                json.WriteTime("stopDate"u8, stopDate);
            json.WriteNumber("redriveCount"u8, 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNextToken(response.NextToken);
        json.WriteEndObject();
    }
}
