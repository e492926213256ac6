using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// HTTP to one function's place: as many connections as calls may run, straight there (no proxy, redirect or cookie), and an answer that
/// is read no further than <see cref="MaxAnswerBytes"/>.
/// </summary>
internal sealed class FunctionTransport : IDisposable
{
    /// <summary>
    /// Where reading an answer ends: twice the largest payload, so that one written with much white space still passes, and any number
    /// of gigabytes takes no memory.
    /// </summary>
    public const int MaxAnswerBytes = 2 * 262_144;

    /// <summary>
    /// The header that carries the idempotency key of a call, the same when the call is sent again: the name of the IETF draft
    /// 'The Idempotency-Key HTTP Header Field'.
    /// </summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int MaxHeaderKilobytes = 32;

    /// <summary>Idle connections close before the five seconds after which common servers close them, so that no call meets a closing one.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(4);

    /// <summary>Connections are renewed, so that a moved address is found.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;

    public FunctionTransport(int maxConnections, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = maxConnections,
            ConnectTimeout = connectTimeout,
            PooledConnectionIdleTimeout = IdleConnection,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Posts a JSON body.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="headers">Headers besides the usual ones.</param>
    /// <param name="request">The call, whose payload is the body.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async ValueTask<FunctionAnswer> PostAsync(
        Uri address,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        FunctionRequest request,
        TaskKey key,
        CancellationToken cancellation)
    {
        // A request with content is never sent twice by the handler, even when the content is empty.
        using var content = new ReadOnlyMemoryContent(request.Payload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content, Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation(IdempotencyHeader, Uri.EscapeDataString(key.ToString()));
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, cancellation).ConfigureAwait(false);
            return body is null
                ? new FunctionAnswer.None(LambdaFailures.TooLarge(request.TaskName))
                : new FunctionAnswer.Response((int)response.StatusCode, HeadersOf(response, body.Length), body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            return new FunctionAnswer.None(LambdaFailures.Transport(Describe(failure)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new FunctionAnswer.None(LambdaFailures.Transport($"Connect to {address.Authority} timed out"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Reads a body; null when it is longer than an answer may be.</summary>
    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        var announced = content.Headers.ContentLength;
        if (announced > MaxAnswerBytes)
            return null;
        var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        const int FirstGuess = 4096;
        var buffer = new byte[announced is { } length ? (int)length + 1 : FirstGuess];
        var read = 0;
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(read), cancellation).ConfigureAwait(false);
            read += count;
            if (count == 0)
                return read == buffer.Length ? buffer : buffer[..read];
            if (read > MaxAnswerBytes)
                return null;
            if (read == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxAnswerBytes + 1));
        }
    }

    /// <summary>
    /// The headers that results show. A connection that stays open says so, and the length is told, as Lambda does, whether or not the
    /// endpoint spells them out.
    /// </summary>
    private static AnswerHeaders HeadersOf(HttpResponseMessage response, int length)
    {
        var known = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var name in AnswerHeaders.Known)
        {
            var value = name switch
            {
                AnswerHeaders.Connection => response.Headers.ConnectionClose is true ? "close" : "keep-alive",
                AnswerHeaders.ContentLength => length.ToString(CultureInfo.InvariantCulture),
                _ when response.Headers.NonValidated.TryGetValues(name, out var values) => values.ToString(),
                _ when response.Content.Headers.NonValidated.TryGetValues(name, out var values) => values.ToString(),
                _ => null,
            };
            if (value is not null)
                known.Add(KeyValuePair.Create(name, value));
        }

        return new AnswerHeaders(known.ToImmutable());
    }

    private static string Describe(Exception failure) =>
        failure.InnerException is { } inner && !failure.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{failure.Message} {inner.Message}"
            : failure.Message;
}
