namespace Cluster.Asl.Interpreter;

/// <summary>What is said with a task's token: success with an output, or failure.</summary>
/// <param name="Output">The result's text, UTF-8; null for a failure.</param>
/// <param name="Error">Of a failure the error name, or null.</param>
/// <param name="Cause">Of a failure the cause, or null.</param>
public sealed record TaskWord(ReadOnlyMemory<byte>? Output, string? Error, string? Cause)
{
    /// <summary>SendTaskSuccess.</summary>
    public static TaskWord Success(ReadOnlyMemory<byte> output) => new(output, Error: null, Cause: null);

    /// <summary>SendTaskFailure.</summary>
    public static TaskWord Failure(string? error, string? cause) => new(Output: null, error, cause);

    /// <inheritdoc/>
    public bool Equals(TaskWord? other) =>
        other is not null && Output.HasValue == other.Output.HasValue
        && Output.GetValueOrDefault().Span.SequenceEqual(other.Output.GetValueOrDefault().Span)
        && string.Equals(Error, other.Error, StringComparison.Ordinal) && string.Equals(Cause, other.Cause, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Output?.Length ?? -1;
}
