using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cluster.Node.History;
using Cluster.Protocol.Json;

namespace Cluster.Node.Observation;

/// <summary>
/// Writes changes of status as the events that AWS sends to EventBridge (https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html):
/// the members of DescribeExecution, all of them, with dates in milliseconds. One thread at a time uses it.
/// </summary>
public sealed class StatusEventWriter
{
    /// <summary>
    /// How many bytes input and output together may have, escaped: 248 KiB. With more the input is left out; an output that has more alone is
    /// left out, too.
    /// </summary>
    public const int LongestPayloads = 248 * 1024;

    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>The event.</summary>
    /// <returns>One line of JSON, without its end; good until the next call.</returns>
    public ReadOnlySpan<byte> Write(StatusEvent e)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("version"u8, "0"u8);
        _json.WriteString("id"u8, e.Id);
        _json.WriteString("detail-type"u8, "Step Functions Execution Status Change"u8);
        _json.WriteString("source"u8, "aws.states"u8);
        _json.WriteString("account"u8, e.Arn.Account);
        _json.WriteString(
            "time"u8, DateTimeOffset.FromUnixTimeMilliseconds(e.At).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        _json.WriteString("region"u8, e.Arn.Region);
        _json.WriteStartArray("resources"u8);
        _json.WriteStringValue(e.Arn.ToString());
        _json.WriteEndArray();
        WriteDetail(e);
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    private void WriteDetail(StatusEvent e)
    {
        var output = e.Output is { } text ? EscapedText.Length(text.Span, enough: 0) : 0;
        var input = EscapedText.Length(e.Input.Span, enough: 0);
        _json.WriteStartObject("detail"u8);
        _json.WriteString("executionArn"u8, e.Arn.ToString());
        _json.WriteString("stateMachineArn"u8, e.Arn.Machine.ToString());
        _json.WriteString("name"u8, e.Arn.Name);
        _json.WriteString("status"u8, StatusNames.Of(e.Status));
        _json.WriteNumber("startDate"u8, e.StartDate);
        WriteNumber("stopDate"u8, e.StopDate);
        WritePayload("input"u8, "inputDetails"u8, e.Input, input + output <= LongestPayloads);
        WritePayload("output"u8, "outputDetails"u8, e.Output, output <= LongestPayloads);
        _json.WriteNull("stateMachineVersionArn"u8);
        _json.WriteNull("stateMachineAliasArn"u8);
        _json.WriteNumber("redriveCount"u8, 0);
        _json.WriteNull("redriveDate"u8);
        _json.WriteString("redriveStatus"u8, Redrives.StatusOf(e.Status));
        _json.WriteString("redriveStatusReason"u8, Redrives.ReasonOf(e.Status));
        _json.WriteString("error"u8, e.Error);
        _json.WriteString("cause"u8, e.Cause);
        _json.WriteEndObject();
    }

    private void WriteNumber(ReadOnlySpan<byte> member, long? value)
    {
        if (value is { } number)
            _json.WriteNumber(member, number);
        else
            _json.WriteNull(member);
    }

    private void WritePayload(ReadOnlySpan<byte> member, ReadOnlySpan<byte> details, ReadOnlyMemory<byte>? payload, bool fits)
    {
        if (payload is { } text && fits)
            _json.WriteString(member, text.Span);
        else
            _json.WriteNull(member);
        if (payload is null)
        {
            _json.WriteNull(details);
            return;
        }

        _json.WriteStartObject(details);
        _json.WriteBoolean("included"u8, fits);
        _json.WriteEndObject();
    }
}
