namespace Cluster.Node.Tasks.Lambda;

/// <summary><c>builtin:echo</c>: answers the payload that it gets, at once and without a copy. For benchmarks and first steps.</summary>
internal sealed class EchoEndpoint : IFunctionEndpoint
{
    private const int Ok = 200;

    private static readonly ReadOnlyMemory<byte> EmptyEvent = "{}"u8.ToArray();

    /// <inheritdoc/>
    public ValueTask<FunctionAnswer> CallAsync(FunctionRequest request, TaskKey key, CancellationToken cancellation)
    {
        var body = request.Payload.IsEmpty ? EmptyEvent : request.Payload;
        return ValueTask.FromResult<FunctionAnswer>(
            new FunctionAnswer.Response(Ok, AnswerHeaders.Empty, body) { IsKnownJson = !request.IsInvoke });
    }
}
