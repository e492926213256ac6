using System.Globalization;
using System.Text;

namespace Cluster.Benchmarks.Load;

/// <summary>The workload W2: five Task states, one after the other, each a call of the built-in echo. Scheduled and Started are one append, before the call, so there are six.</summary>
internal static class StandardFive
{
    public const string Machine = "standard-5";

    /// <summary>Rows inserted for one execution beside its appends: its own and its name's.</summary>
    public const int OtherRows = 2;

    /// <summary>History events of one execution: start, five states of five, end.</summary>
    public const int HistoryEvents = (States * 5) + 2;

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

    /// <summary>What is wrong with a history, or null.</summary>
    public static string? Judge(IReadOnlyList<SeenEvent> history)
    {
        if (history.Count != HistoryEvents)
            return string.Create(CultureInfo.InvariantCulture, $"{history.Count} events in place of {HistoryEvents}");
        for (var i = 0; i < history.Count; i++)
        {
            var due = i == 0 ? "ExecutionStarted" : i == history.Count - 1 ? "ExecutionSucceeded" : OfState[(i - 1) % OfState.Length];
            if (history[i].Id != i + 1 || history[i].Type != due)
                return string.Create(CultureInfo.InvariantCulture, $"event {i + 1} is {history[i].Type} with id {history[i].Id}, not {due}");
        }

        return null;
    }

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
