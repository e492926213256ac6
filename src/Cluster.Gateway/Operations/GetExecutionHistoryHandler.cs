using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>GetExecutionHistory. A page can be large, so it goes out event by event.</summary>
internal sealed class GetExecutionHistoryHandler(IQueryService queries)
    : OperationHandler<GetExecutionHistoryRequest, GetExecutionHistoryResponse>
{
    /// <inheritdoc/>
    public override string Name => "GetExecutionHistory";

    /// <inheritdoc/>
    protected override AwsResult<GetExecutionHistoryRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? arn = null;
        bool? reverse = null, include = null;
        var page = default(PageRequest);
        while (body.NextMember())
        {
            if (body.Is("executionArn"u8))
                arn = body.ReadString();
            else if (body.Is("reverseOrder"u8))
                reverse = body.ReadBool();
            else if (body.Is("includeExecutionData"u8))
                include = body.ReadBool();
            else if (!page.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("executionArn", arn);
        shape.Length("executionArn", arn, 1, Limits.Arn);
        page.Judge(ref shape, Limits.PageToken);
        if (shape.Error is { } invalid)
            return invalid;
        var execution = ArnReader.Execution(arn!);
        return execution.Value is null
            ? execution.Error!
            : new GetExecutionHistoryRequest(execution.Value, page.MaxResults, reverse ?? false, include ?? true, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<GetExecutionHistoryResponse>> CallAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellation) => queries.GetExecutionHistoryAsync(request, cancellation);

    /// <inheritdoc/>
    protected override async ValueTask WriteAsync(ResponseBody body, GetExecutionHistoryResponse response)
    {
        body.Json.WriteStartObject();
        body.Json.WriteStartArray("events"u8);
        foreach (var item in response.Events)
        {
            HistoryEventWriter.Write(body.Json, item);
            await body.SendPieceAsync().ConfigureAwait(false);
        }

        body.Json.WriteEndArray();
        body.Json.WriteNextToken(response.NextToken);
        body.Json.WriteEndObject();
    }
}
