namespace Cluster.Protocol.Errors;

/// <summary>An error of the caller, as AWS answers it.</summary>
/// <param name="Code">The error code, shown as <c>__type</c>, for example <c>StateMachineDoesNotExist</c>.</param>
/// <param name="Message">AWS's words.</param>
/// <param name="Status">The HTTP status: 400 for the caller's errors, 500 and above where a repeat may help.</param>
public sealed record AwsError(string Code, string Message, int Status = 400);

/// <summary>The answer of an operation: a value or the caller's error.</summary>
/// <typeparam name="T">The response of the operation.</typeparam>
public readonly struct AwsResult<T>
    where T : class
{
    private AwsResult(T? value, AwsError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The response, or null when there is an error.</summary>
    public T? Value { get; }

    /// <summary>The error, or null when there is a response.</summary>
    public AwsError? Error { get; }

    /// <summary>A response.</summary>
    public static implicit operator AwsResult<T>(T value) => new(value, error: null);

    /// <summary>An error.</summary>
    public static implicit operator AwsResult<T>(AwsError error) => new(value: null, error);
}
