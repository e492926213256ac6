namespace Cluster.Node.Observation;

/// <summary>Changes of status as records: a line of JSON for each, all in one stream.</summary>
/// <param name="records">Where they go.</param>
public sealed class StatusEventRecords(IRecordSink records) : IStatusEventSink
{
    /// <summary>The stream, by which the file is named.</summary>
    public const string Stream = "status-events";

    /// <summary>What these records are called where they are counted.</summary>
    internal const string Kind = "status";

    private readonly StatusEventWriter _writer = new();

    /// <inheritdoc/>
    public void Take(StatusEvent e) => records.Take(Stream, _writer.Write(e));
}
