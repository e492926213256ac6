using System.Text;
using System.Text.Json.Nodes;
using Cluster.Node.Observation;

namespace Cluster.Node.Tests.Observation;

/// <summary>A sink that keeps what it is given.</summary>
internal sealed class KeptRecords : IRecordSink
{
    private readonly List<(string Stream, string Line)> _all = [];

    /// <summary>What is done before each record is taken.</summary>
    public Action? Taking { get; set; }

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<(string Stream, string Line)> All => _all;

    public IEnumerable<JsonObject> Records => _all.Select(static record => (JsonObject)JsonNode.Parse(record.Line)!);

    public void Take(string stream, ReadOnlySpan<byte> json)
    {
        Taking?.Invoke();
        _all.Add((stream, Encoding.UTF8.GetString(json)));
    }

    public void Flush()
    {
    }

    public void Dispose() => IsDisposed = true;
}
