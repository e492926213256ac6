using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListTagsForResource.</summary>
internal sealed class ListTagsForResourceHandler(IQueryService queries)
    : ShortOperationHandler<ListTagsForResourceRequest, ListTagsForResourceResponse>
{
    /// <inheritdoc/>
    public override string Name => "ListTagsForResource";

    /// <inheritdoc/>
    protected override AwsResult<ListTagsForResourceRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (ArnMember.Read(ref body, "resourceArn"u8, out var text) is { } invalid)
            return invalid;
        var arn = ArnReader.Tagged(text);
        return arn.Value is null ? arn.Error! : new ListTagsForResourceRequest(arn.Value);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListTagsForResourceResponse>> CallAsync(
        ListTagsForResourceRequest request, CancellationToken cancellation) => queries.ListTagsForResourceAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListTagsForResourceResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("tags"u8);
        foreach (var (key, value) in response.Tags)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
