using System.Text.Json.Nodes;
using Cluster.Checker.Dumps;

namespace Cluster.Testing.Runs;

/// <summary>Asks the API for everything that it has to tell of the executions of a machine.</summary>
internal static class ReadBack
{
    private const int AtATime = 16;

    /// <summary>Every few executions are read in pages as small as this.</summary>
    private const int SmallPage = 3;

    private const int SmallPageEvery = 7;
    private const int LargestPage = 1_000;

    public static async Task OfAsync(ApiClient api, string machine, RecordLog log)
    {
        var listed = await api.ListAsync(machine);
        var pages = listed.Select((one, i) => (Arn: (string)one["executionArn"]!, Status: (string)one["status"]!, PageSize: i % SmallPageEvery == 0 ? SmallPage : LargestPage));
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (one, _) =>
        {
            var told = await api.DescribeAsync(one.Arn);
            var (of, name) = Names.OfExecution(one.Arn);
            log.Add(new ReadBackRecord(
                of,
                name,
                (string)told["status"]!,
                one.Status,
                [.. (await api.HistoryAsync(one.Arn, one.PageSize)).Select(Event)],
                [.. (await api.HistoryAsync(one.Arn, one.PageSize, reverse: true)).Select(Event)],
                ClientSession.Milliseconds(told["startDate"]),
                ClientSession.Milliseconds(told["stopDate"]),
                HashOf(told["input"]),
                HashOf(told["output"])));
        });
    }

    private static ReadBackEvent Event(JsonObject e)
    {
        var details = e.FirstOrDefault(field => field.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value;
        return new ReadBackEvent(
            (long)e["id"]!,
            (long)e["previousEventId"]!,
            (string)e["type"]!,
            HashOf(details?["input"] ?? details?["output"] ?? details?["parameters"]),
            ClientSession.Milliseconds(e["timestamp"]),
            (string?)details?["name"],
            (string?)details?["error"],
            (string?)details?["cause"]);
    }

    private static string? HashOf(JsonNode? text) => text is null ? null : ClientSession.Hash((string)text!);
}
