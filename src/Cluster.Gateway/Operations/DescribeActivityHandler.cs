using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DescribeActivity.</summary>
internal sealed class DescribeActivityHandler(IQueryService queries)
    : ShortOperationHandler<DescribeActivityRequest, DescribeActivityResponse>
{
    /// <inheritdoc/>
    public override string Name => "DescribeActivity";

    /// <inheritdoc/>
    protected override AwsResult<DescribeActivityRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (ArnMember.Read(ref body, "activityArn"u8, out var text) is { } invalid)
            return invalid;
        var arn = ArnReader.Activity(text);
        return arn.Value is null ? arn.Error! : new DescribeActivityRequest(arn.Value);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DescribeActivityResponse>> CallAsync(
        DescribeActivityRequest request, CancellationToken cancellation) => queries.DescribeActivityAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DescribeActivityResponse response)
    {
        json.WriteStartObject();
        json.WriteString("activityArn"u8, response.ActivityArn.ToString());
        json.WriteString("name"u8, response.ActivityArn.Name);
        json.WriteTime("creationDate"u8, response.CreationDate);
        EncryptionSettings.Write(json);
        json.WriteEndObject();
    }
}
