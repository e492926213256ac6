using Cluster.Protocol.Errors;

namespace Cluster.Protocol.Ports;

/// <summary>
/// The operations of the API, asked for inside the process: read, judged and answered as if a client had sent them, without a connection and
/// without a signature.
/// </summary>
public interface ILocalOperations
{
    /// <summary>Carries an operation out.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends the wait of one that waits (GetActivityTask), which then has taken nothing.</param>
    /// <returns>The response, or the error that a client would see.</returns>
    ValueTask<AwsResult<LocalResponse>> AskAsync(LocalRequest request, CancellationToken cancellation);
}

/// <summary>An operation that this process asks for.</summary>
/// <param name="Operation">AWS's name, for example <c>SendTaskSuccess</c>.</param>
/// <param name="Body">Its members, JSON in UTF-8.</param>
/// <param name="RequestId">The id of the request.</param>
/// <param name="LongestResponse">How many bytes of a response are taken.</param>
public sealed record LocalRequest(string Operation, ReadOnlyMemory<byte> Body, string RequestId, int LongestResponse)
{
    /// <summary>Of a StartExecution: whether the name follows from the task's call, as <see cref="Operations.StartExecutionRequest.NameIsOwn"/>.</summary>
    public bool NameIsOwn { get; init; }
}

/// <summary>The response of an operation.</summary>
/// <param name="Body">Its members, JSON in UTF-8; null where they are longer than was to be taken.</param>
public sealed record LocalResponse(ReadOnlyMemory<byte>? Body);
