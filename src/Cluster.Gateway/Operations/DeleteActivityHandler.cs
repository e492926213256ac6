using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DeleteActivity.</summary>
internal sealed class DeleteActivityHandler(IActivityCatalog activities)
    : ShortOperationHandler<DeleteActivityRequest, DeleteActivityResponse>
{
    /// <inheritdoc/>
    public override string Name => "DeleteActivity";

    /// <inheritdoc/>
    protected override AwsResult<DeleteActivityRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (ArnMember.Read(ref body, "activityArn"u8, out var text) is { } invalid)
            return invalid;
        var arn = ArnReader.Activity(text);
        return arn.Value is null ? arn.Error! : new DeleteActivityRequest(arn.Value);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DeleteActivityResponse>> CallAsync(
        DeleteActivityRequest request, CancellationToken cancellation) => activities.DeleteActivityAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DeleteActivityResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
