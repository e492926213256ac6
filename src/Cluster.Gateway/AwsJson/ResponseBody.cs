using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Gateway.Operations;
using Cluster.Protocol.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Cluster.Gateway.AwsJson;

/// <summary>
/// Where a response is written. A small one is sent whole with its length; a large one goes out in pieces as it is written, so
/// that a page of a history is never held twice. Pooled: one response at a time uses it.
/// </summary>
internal sealed class ResponseBody
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string RequestIdHeader = "x-amzn-RequestId";
    private const int InitialBytes = 1024;
    private const int MaxPieceBytes = 64 * 1024;
    private const int MaxKeptBytes = 256 * 1024;

    private static readonly ObjectPool<ResponseBody> Pool = new DefaultObjectPool<ResponseBody>(new Policy());

    private readonly ArrayBufferWriter<byte> _buffer = new(InitialBytes);
    private HttpResponse? _response;

    private ResponseBody() => Json = new Utf8JsonWriter(
        _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The writer of the JSON.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Takes one from the pool for a response that goes out under a request's id. Before that a request that waits holds no headers.</summary>
    public static ResponseBody For(HttpResponse response, string requestId)
    {
        var body = Pool.Get();
        body._response = response;
        response.Headers[RequestIdHeader] = requestId;
        response.ContentType = ContentType;
        return body;
    }

    /// <summary>Sends an error.</summary>
    public static async ValueTask SendErrorAsync(HttpResponse response, string requestId, AwsError error)
    {
        var body = For(response, requestId);
        response.StatusCode = error.Status;
        body.Json.WriteStartObject();
        body.Json.WriteString("__type"u8, error.Code);
        body.Json.WriteString("message"u8, error.Message);
        body.Json.WriteEndObject();
        await body.SendAsync().ConfigureAwait(false);
    }

    /// <summary>Sends what is written so far, if it is a piece worth sending. Called between the items of a long list.</summary>
    public ValueTask SendPieceAsync()
    {
        if (_buffer.WrittenCount + Json.BytesPending < MaxPieceBytes)
            return ValueTask.CompletedTask;
        Json.Flush();
        return SendBufferAsync();
    }

    /// <summary>Sends the rest and goes back to the pool; the body must not be used after that.</summary>
    public async ValueTask SendAsync()
    {
        Json.Flush();
        if (!_response!.HasStarted)
            _response.ContentLength = _buffer.WrittenCount;
        await SendBufferAsync().ConfigureAwait(false);
        Pool.Return(this);
    }

    private async ValueTask SendBufferAsync()
    {
        // A write is copied whole before it waits for the caller to take it; pieces keep the copy small.
        for (var rest = _buffer.WrittenMemory; rest.Length > 0; rest = rest[Math.Min(rest.Length, MaxPieceBytes)..])
        {
            var piece = rest[..Math.Min(rest.Length, MaxPieceBytes)];
            await _response!.BodyWriter.WriteAsync(piece, OperationCall.CallerGoneOf(_response.HttpContext)).ConfigureAwait(false);
        }

        _buffer.ResetWrittenCount();
    }

    private sealed class Policy : PooledObjectPolicy<ResponseBody>
    {
        public override ResponseBody Create() => new();

        public override bool Return(ResponseBody body)
        {
            body._response = null;
            body._buffer.ResetWrittenCount();
            body.Json.Reset();
            return body._buffer.Capacity <= MaxKeptBytes;
        }
    }
}
