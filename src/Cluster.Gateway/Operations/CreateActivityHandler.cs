using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>CreateActivity.</summary>
internal sealed class CreateActivityHandler(IActivityCatalog activities)
    : ShortOperationHandler<CreateActivityRequest, CreateActivityResponse>
{
    /// <inheritdoc/>
    public override string Name => "CreateActivity";

    /// <inheritdoc/>
    protected override AwsResult<CreateActivityRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? name = null;
        var encryption = default(EncryptionSettings);
        var tagList = default(TagList);
        while (body.NextMember())
        {
            if (body.Is("name"u8))
                name = body.ReadString();
            else if (body.Is("tags"u8))
                tagList.Read(ref body);
            else if (body.Is("encryptionConfiguration"u8))
                encryption.Read(ref body);
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("name", name);
        shape.Length("name", name, 1, ResourceNames.MaxLength);
        tagList.Judge(ref shape);
        encryption.JudgeShape(ref shape);
        if (shape.Error is { } invalid)
            return invalid;
        if (!ResourceNames.IsValid(name!))
            return AwsErrors.InvalidName(name!);
        return tagList.TryTake(out var tags) is { } refused ? refused : new CreateActivityRequest(name!, encryption.CustomerKey, tags);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<CreateActivityResponse>> CallAsync(
        CreateActivityRequest request, CancellationToken cancellation) => activities.CreateActivityAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, CreateActivityResponse response)
    {
        json.WriteStartObject();
        json.WriteString("activityArn"u8, response.ActivityArn.ToString());
        json.WriteTime("creationDate"u8, response.CreationDate);
        json.WriteEndObject();
    }
}
