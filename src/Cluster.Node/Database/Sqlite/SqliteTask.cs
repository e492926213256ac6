namespace Cluster.Node.Database.Sqlite;

/// <summary>A write whose result is awaited. It takes part in the common transactions and is refused when the store cannot write now.</summary>
internal sealed class SqliteTask<T>(Func<SqliteSession, T> write, int bytes) : ISqliteWrite
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Completes when the write is durable.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write now.</exception>
    public Task<T> Task => _source.Task;

    public int Bytes => bytes;

    public bool MayBeRefused => true;

    public void Apply(SqliteSession session) => _result = write(session);

    public void Committed() => _source.TrySetResult(_result!);

    public void Refused(bool unknown) => _source.TrySetException(new StoreUnavailableException(
        unknown ? "The store failed while it committed." : "The store cannot write now."));
}
