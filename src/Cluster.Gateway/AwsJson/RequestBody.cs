using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Cluster.Protocol.Errors;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.AwsJson;

/// <summary>
/// The whole body of a request in one rented buffer. Nothing beyond the limit is ever kept, whatever length the headers claim:
/// the buffer grows with what has arrived. Disposed when the request has been read, before it is carried out.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;

    /// <summary>Larger buffers go to the garbage collector, so that a wave of large bodies does not stay in the pool.</summary>
    private const int MaxPooledBytes = 256 * 1024;

    private const int TooLargeStatus = 413;

    private readonly BodyBudget _budget;
    private byte[] _buffer = [];
    private int _length;
    private int _taken;

    private RequestBody(BodyBudget budget) => _budget = budget;

    /// <summary>What was sent.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads to the end of the body, or to the limit.</summary>
    /// <returns>The body, or the error that the caller is told.</returns>
    public static async ValueTask<AwsResult<RequestBody>> ReadAsync(
        HttpRequest request, int limit, BodyBudget budget, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
            return TooLarge(limit);
        var body = new RequestBody(budget);
        AwsError? error;
        try
        {
            error = await body.FillAsync(request.BodyReader, limit, cancellation).ConfigureAwait(false);
        }
        catch (IOException e) when (e is BadHttpRequestException || e.InnerException is OverflowException)
        {
            // The connection's own limits: a length that lies, a body that comes too slowly, broken chunks, a chunk beyond all sizes.
            var status = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
            error = new AwsError("SerializationException", "The request body could not be read.", status);
        }
        catch
        {
            body.Dispose();
            throw;
        }

        if (error is null)
            return body;
        body.Dispose();
        return error;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release(_buffer);
        _budget.Return(_taken);
        _buffer = [];
        _length = 0;
        _taken = 0;
    }

    private static void Release(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= MaxPooledBytes)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private static AwsError TooLarge(int limit) => new(
        "RequestEntityTooLargeException",
        string.Create(CultureInfo.InvariantCulture, $"Request size exceeded {limit} bytes"),
        TooLargeStatus);

    private async ValueTask<AwsError?> FillAsync(PipeReader reader, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var arrived = read.Buffer;
            if (arrived.Length > limit - _length)
            {
                reader.AdvanceTo(arrived.End);
                return TooLarge(limit);
            }

            if (!TryMakeRoom((int)arrived.Length, limit))
            {
                reader.AdvanceTo(arrived.End);
                return new AwsError("ThrottlingException", "Rate exceeded");
            }

            arrived.CopyTo(_buffer.AsSpan(_length));
            _length += (int)arrived.Length;
            reader.AdvanceTo(arrived.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private bool TryMakeRoom(int arriving, int limit)
    {
        var needed = _length + arriving;
        if (needed <= _buffer.Length)
            return true;
        var size = Math.Max(needed, Math.Min(Math.Max(FirstBytes, _buffer.Length * 2), limit));
        if (!_budget.TryTake(size))
            return false;
        var larger = size <= MaxPooledBytes ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        Bytes.CopyTo(larger);
        Release(_buffer);
        _budget.Return(_taken);
        _buffer = larger;
        _taken = size;
        return true;
    }
}
