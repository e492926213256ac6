using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>Logging configurations: what is refused, and the text that is stored and answered.</summary>
internal static partial class LoggingTexts
{
    private const string Code = "InvalidLoggingConfiguration";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What AWS refuses where something is to be logged; null when all is well.</summary>
    /// <param name="destinations">How many destinations there are.</param>
    /// <param name="logGroupArn">The log group of the last, or null where it names none.</param>
    public static AwsError? Judge(int destinations, string? logGroupArn)
    {
        if (destinations != 1)
            return new AwsError(Code, "Invalid Logging Configuration: Must specify exactly one Log Destination.");

        // There is no CloudWatch here: every log group that can be named is there.
        return IsLogGroup(logGroupArn)
            ? null
            : new AwsError(Code, "Invalid Logging Configuration: Log Destination not found.");
    }

    /// <summary>The canonical text: equal configurations are equal texts. It begins with the level.</summary>
    public static string Write(string level, bool includeExecutionData, string? logGroupArn)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("level"u8, level);
            json.WriteBoolean("includeExecutionData"u8, includeExecutionData);
            if (IsLogGroup(logGroupArn))
            {
                json.WriteStartArray("destinations"u8);
                json.WriteStartObject();
                json.WriteStartObject("cloudWatchLogsLogGroup"u8);
                json.WriteString("logGroupArn"u8, logGroupArn);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool IsLogGroup(string? arn) => arn is not null && LogGroupArn().IsMatch(arn);

    [GeneratedRegex("^arn:[a-z][a-z0-9-]*:logs:[a-z0-9-]+:[0-9]{12}:log-group:[A-Za-z0-9_./#-]{1,512}:\\*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogGroupArn();
}
