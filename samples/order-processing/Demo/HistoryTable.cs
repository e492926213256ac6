using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderProcessing.Demo;

/// <summary>A history as a table: number, time since the start, event, state, and what is worth knowing.</summary>
internal static class HistoryTable
{
    private const string Gap = "  ";
    private const int NarrowestDetail = 20;

    private sealed record Row(string Number, string Time, string Event, string State, string Detail);

    public static void Write(Screen screen, IReadOnlyList<JsonNode> history)
    {
        var header = new Row("#", "time", "event", "state", "detail");
        var rows = RowsOf(history);
        int[] widths =
        [
            Widest(static r => r.Number), Widest(static r => r.Time), Widest(static r => r.Event), Widest(static r => r.State),
        ];
        var detail = Math.Max(NarrowestDetail, screen.Width - widths.Sum() - (widths.Length * Gap.Length));
        screen.Line(Text(header));
        screen.Line(string.Join(Gap, widths.Append(Math.Min(detail, rows.Max(static r => r.Detail.Length))).Select(static w => new string('─', w))));
        foreach (var row in rows)
            screen.Line(Text(row));

        int Widest(Func<Row, string> column) => rows.Append(header).Max(r => column(r).Length);

        string Text(Row row) => string.Join(
            Gap,
            screen.Coloured(row.Number.PadLeft(widths[0]), Ink.Faint),
            row.Time.PadLeft(widths[1]),
            screen.Coloured(row.Event.PadRight(widths[2]), InkOf(row.Event)),
            screen.Coloured(row.State.PadRight(widths[3]), Ink.Cyan),
            row.Detail.Length <= detail ? row.Detail : string.Concat(row.Detail.AsSpan(0, detail - 1), "…")).TrimEnd();
    }

    private static List<Row> RowsOf(IReadOnlyList<JsonNode> history)
    {
        var rows = new List<Row>();
        var states = new Dictionary<long, string>();
        var start = history[0]["timestamp"]!.GetValue<double>();
        foreach (var happened in history)
        {
            var id = happened["id"]!.GetValue<long>();
            var details = happened.AsObject().FirstOrDefault(static p => p.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value;
            var kind = happened["type"]!.ToString();
            var state = kind.StartsWith("Execution", StringComparison.Ordinal)
                ? ""
                : details?["name"]?.ToString() ?? states.GetValueOrDefault(happened["previousEventId"]!.GetValue<long>(), "");
            states[id] = state;
            rows.Add(new Row(
                id.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{happened["timestamp"]!.GetValue<double>() - start:F3} s"),
                kind,
                state,
                details is null ? "" : HistoryDetail.Of(kind, details)));
        }

        return rows;
    }

    private static Ink InkOf(string kind) => kind switch
    {
        _ when kind.EndsWith("Succeeded", StringComparison.Ordinal) => Ink.Green,
        "ExecutionFailed" or "FailStateEntered" => Ink.Red,
        _ when kind.EndsWith("Failed", StringComparison.Ordinal) || kind.EndsWith("TimedOut", StringComparison.Ordinal) => Ink.Yellow,
        _ when kind.EndsWith("Entered", StringComparison.Ordinal) => Ink.Plain,
        _ => Ink.Faint,
    };
}
