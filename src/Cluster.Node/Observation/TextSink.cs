using System.Buffers;
using System.Text;

namespace Cluster.Node.Observation;

/// <summary>Records as lines among the others of a text stream, which is the process's standard output.</summary>
/// <param name="writer">The stream; it stays open.</param>
/// <param name="dropped">Is told how many records could not be written.</param>
public sealed class TextSink(TextWriter writer, Action<int> dropped) : IRecordSink
{
    private const int MostBuffered = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _records;

    /// <inheritdoc/>
    public void Take(string stream, ReadOnlySpan<byte> json)
    {
        _buffer.Write(json);
        _buffer.Write("\n"u8);
        _records++;
        if (_buffer.WrittenCount > MostBuffered)
            Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_records == 0)
            return;
        try
        {
            // Whole lines in one call: others write to the same stream.
            writer.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
            writer.Flush();
        }
        catch (IOException)
        {
            // Whoever read it has gone, and with it the only place where that could be told.
            dropped(_records);
        }

        _buffer.ResetWrittenCount();
        _records = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();
}
