using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>TagResource.</summary>
internal sealed class TagResourceHandler(ITagCatalog catalog)
    : ShortOperationHandler<TagResourceRequest, TagResourceResponse>
{
    private static readonly Dictionary<string, string> NoTags = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => "TagResource";

    /// <inheritdoc/>
    protected override AwsResult<TagResourceRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? text = null;
        var tagList = default(TagList);
        while (body.NextMember())
        {
            if (body.Is("resourceArn"u8))
                text = body.ReadString();
            else if (body.Is("tags"u8))
                tagList.Read(ref body);
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("resourceArn", text);
        shape.Length("resourceArn", text, 1, Limits.Arn);
        shape.Required("tags", tagList.IsGiven ? "" : null);
        tagList.Judge(ref shape);
        if (shape.Error is { } invalid)
            return invalid;
        var arn = ArnReader.Tagged(text!);
        if (arn.Value is null)
            return arn.Error!;
        return tagList.TryTake(out var tags) is { } refused ? refused : new TagResourceRequest(arn.Value, tags ?? NoTags);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<TagResourceResponse>> CallAsync(
        TagResourceRequest request, CancellationToken cancellation) => catalog.TagResourceAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, TagResourceResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
