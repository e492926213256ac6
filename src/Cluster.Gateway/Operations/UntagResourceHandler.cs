using System.Globalization;
using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>UntagResource.</summary>
internal sealed class UntagResourceHandler(ITagCatalog catalog)
    : ShortOperationHandler<UntagResourceRequest, UntagResourceResponse>
{
    /// <summary>The most keys that are kept of a request. A resource has fewer tags, so a client that sends more names the same ones again.</summary>
    private const int MaxKept = 1_000;

    /// <inheritdoc/>
    public override string Name => "UntagResource";

    /// <inheritdoc/>
    protected override AwsResult<UntagResourceRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? text = null;
        List<string>? keys = null;
        while (body.NextMember())
        {
            if (body.Is("resourceArn"u8))
                text = body.ReadString();
            else if (body.Is("tagKeys"u8))
                keys = ReadKeys(ref body);
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("resourceArn", text);
        shape.Length("resourceArn", text, 1, Limits.Arn);
        shape.Required("tagKeys", keys);
        for (var i = 0; i < keys?.Count; i++)
            shape.Length(string.Create(CultureInfo.InvariantCulture, $"tagKeys.{i + 1}.member"), keys[i], 1, Limits.TagKey);
        if (shape.Error is { } invalid)
            return invalid;
        var arn = ArnReader.Tagged(text!);
        return arn.Value is null ? arn.Error! : new UntagResourceRequest(arn.Value, keys!);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<UntagResourceResponse>> CallAsync(
        UntagResourceRequest request, CancellationToken cancellation) => catalog.UntagResourceAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, UntagResourceResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static List<string>? ReadKeys(ref ShapeReader body)
    {
        if (!body.EnterList())
            return null;
        var keys = new List<string>();
        while (body.NextString(out var key))
        {
            if (key is not null && keys.Count < MaxKept)
                keys.Add(key);
        }

        return keys;
    }
}
