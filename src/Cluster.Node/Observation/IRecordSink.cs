namespace Cluster.Node.Observation;

/// <summary>Where records of what happened to executions go. One thread at a time uses it.</summary>
/// <remarks>
/// A sink takes what it can. What it cannot take now (a full disk, a folder that is not there) it gives up, counts, and tells the operator
/// once until it works again: it never throws because of that, and never waits for it.
/// </remarks>
public interface IRecordSink : IDisposable
{
    /// <summary>Takes a record. It may stay in memory until <see cref="Flush"/>.</summary>
    /// <param name="stream">What it belongs to, for example a log group's name.</param>
    /// <param name="json">One JSON text without line breaks; good until the call returns.</param>
    void Take(string stream, ReadOnlySpan<byte> json);

    /// <summary>Lets out all that was taken: it outlives the process, though not the loss of power.</summary>
    void Flush();
}

/// <summary>Several sinks, each of which gets all.</summary>
/// <param name="sinks">The sinks.</param>
public sealed class EverySink(IReadOnlyList<IRecordSink> sinks) : IRecordSink
{
    /// <inheritdoc/>
    public void Take(string stream, ReadOnlySpan<byte> json)
    {
        foreach (var sink in sinks)
            sink.Take(stream, json);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        foreach (var sink in sinks)
            sink.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sink in sinks)
            sink.Dispose();
    }
}
