using System.Globalization;
using System.Text;

namespace Cluster.Benchmarks.Load;

/// <summary>The workload W2: five Task states, one after the other, each a call of the built-in echo. Scheduled and Started are one append, before the call, so there are six.</summary>
internal static class StandardFive
{
    public const string Machine = "standard-5";

    /// <summary>Rows inserted for one execution beside its appends: its own and its name's.</summary>
    public const int OtherRows = 2;

    /// <summary>A setting of the server for the built-in echo: <c>NAME=TARGET</c>.</summary>
    public const string Function = "echo=builtin:echo";

    private const int States = 5;
    private const string Echo = "arn:aws:lambda:us-east-1:123456789012:function:echo";

    private static readonly string[] OfState =
        ["TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited"];

    /// <summary>An order of 324 bytes.</summary>
    public static string Input { get; } = InputOf(324);

    public static string Definition { get; } = DefinitionOf(States);

    /// <summary>The same with one state.</summary>
    public static string OneState { get; } = DefinitionOf(1);

    /// <summary>The history, event by event.</summary>
    public static IReadOnlyList<string> History { get; } =
        ["ExecutionStarted", .. Enumerable.Repeat(OfState, States).SelectMany(one => one), "ExecutionSucceeded"];

    private static string DefinitionOf(int states)
    {
        var text = new StringBuilder("""{"StartAt":"S1","States":{""");
        for (var i = 1; i <= states; i++)
        {
            var next = i == states ? "\"End\":true" : string.Create(CultureInfo.InvariantCulture, $"\"Next\":\"S{i + 1}\"");
            text.Append(CultureInfo.InvariantCulture, $"{(i == 1 ? "" : ",")}\"S{i}\":{{\"Type\":\"Task\",\"Resource\":\"{Echo}\",{next}}}");
        }

        return text.Append("}}").ToString();
    }

    private static string InputOf(int bytes)
    {
        const string Head = """{"orderId":"A-1042","customer":{"id":7,"tier":"gold"},"items":[{"sku":"x-1","count":2,"price":19.95}],"total":39.9,"note":" """;
        const string Tail = "\"}";
        return Head + new string('n', bytes - Head.Length - Tail.Length) + Tail;
    }
}
