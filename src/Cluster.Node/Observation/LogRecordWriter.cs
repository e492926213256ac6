using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Protocol.History;

namespace Cluster.Node.Observation;

/// <summary>Writes the object of a history event's details, as the API shows it.</summary>
/// <param name="json">Where to.</param>
/// <param name="details">The details.</param>
/// <param name="longest">How many bytes, escaped, an input or output may have; a longer one is left out, and its flag set.</param>
public delegate void DetailsWriter(Utf8JsonWriter json, HistoryEventDetails details, int longest);

/// <summary>Writes history events as the records of AWS's log of an execution. One thread at a time uses it.</summary>
/// <param name="writeDetails">Writes the details, which are the same as those of the API.</param>
public sealed class LogRecordWriter(DetailsWriter writeDetails)
{
    /// <summary>
    /// How many bytes, escaped, a record's input or output may have: 248 KiB, what fits into an event of CloudWatch Logs
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).
    /// </summary>
    public const int LongestPayload = 248 * 1024;

    /// <summary>No execution can be redriven yet.</summary>
    private const string RedriveCount = "0";

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>The record of an event. Beside its details all its values are texts.</summary>
    /// <param name="executionArn">The execution's ARN.</param>
    /// <param name="item">The event; its payload is null where execution data is left out.</param>
    /// <returns>One line of JSON, without its end; good until the next call.</returns>
    public ReadOnlySpan<byte> Write(string executionArn, HistoryEvent item)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        WriteNumber("id"u8, item.Id);
        _json.WriteString("type"u8, item.Type);
        _json.WritePropertyName("details"u8);
        if (item.Details is { } details)
        {
            writeDetails(_json, details, LongestPayload);
        }
        else
        {
            _json.WriteStartObject();
            _json.WriteEndObject();
        }

        WriteNumber("previous_event_id"u8, item.PreviousEventId);
        WriteNumber("event_timestamp"u8, item.Timestamp);
        _json.WriteString("execution_arn"u8, executionArn);
        _json.WriteString("redrive_count"u8, RedriveCount);
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    private void WriteNumber(ReadOnlySpan<byte> member, long value)
    {
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        _json.WriteString(member, text[..length]);
    }
}
