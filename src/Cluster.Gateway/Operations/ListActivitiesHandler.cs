using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListActivities.</summary>
internal sealed class ListActivitiesHandler(IQueryService queries)
    : ShortOperationHandler<ListActivitiesRequest, ListActivitiesResponse>
{
    /// <inheritdoc/>
    public override string Name => "ListActivities";

    /// <inheritdoc/>
    protected override AwsResult<ListActivitiesRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        var page = default(PageRequest);
        while (body.NextMember())
        {
            if (!page.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        page.Judge(ref shape, Limits.PageToken);
        return shape.Error is { } invalid ? invalid : new ListActivitiesRequest(page.MaxResults, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListActivitiesResponse>> CallAsync(
        ListActivitiesRequest request, CancellationToken cancellation) => queries.ListActivitiesAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListActivitiesResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("activities"u8);
        foreach (var item in response.Activities)
        {
            json.WriteStartObject();
            json.WriteString("activityArn"u8, item.ActivityArn.ToString());
            json.WriteString("name"u8, item.ActivityArn.Name);
            json.WriteTime("creationDate"u8, item.CreationDate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNextToken(response.NextToken);
        json.WriteEndObject();
    }
}
