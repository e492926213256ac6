using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Benchmarks.Core;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>A history as long as AWS allows: what an event costs at its beginning and at its end, and how long it takes to come back.</summary>
internal static class LongHistoryRun
{
    /// <summary>Each round has a folder of its own; the one in the middle counts.</summary>
    private const int Rounds = 7;

    /// <summary>Rounds that are not measured: the code is compiled, and compiled again for speed.</summary>
    private const int WarmUps = 4;

    private const double Tenth = 0.1;
    private const double MostGrowth = 1.5;
    private const double MostReplayMs = 200;

    /// <summary>Iterations of four events each, which leave room for those of the Map and the execution.</summary>
    private const int Iterations = 6_000;

    /// <summary>Goes round until the history is full, which fails the execution.</summary>
    private const string Loop =
        """
        {"StartAt":"Again","States":{
          "Again":{"Type":"Choice","Choices":[{"Variable":"$.stop","BooleanEquals":true,"Next":"Done"}],"Default":"Turn"},
          "Turn":{"Type":"Pass","Parameters":{"stop.$":"$.stop","last.$":"$$.State.Name"},"Next":"Again"},
          "Done":{"Type":"Succeed"}}}
        """;

    private const string Map =
        """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,"ItemProcessor":{
          "StartAt":"One","States":{"One":{"Type":"Pass","End":true}}}}}}
        """;

    /// <summary>Measures a loop and a Map.</summary>
    public static async Task<bool> RunAsync()
    {
        var loop = await RunAsync("long_history_loop", CoreMachines.Compiled(Loop), """{"stop":false}"""u8.ToArray());
        var items = string.Join(',', Enumerable.Range(0, Iterations).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        var map = await RunAsync("long_history_map", CoreMachines.Compiled(Map), Encoding.UTF8.GetBytes($"[{items}]"));
        return loop && map;
    }

    private static async Task<bool> RunAsync(string name, StateMachineDefinition definition, ReadOnlyMemory<byte> input)
    {
        Samples written = new(), first = new(), last = new(), growth = new(), waited = new(), replayed = new();
        var events = 0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            using var folder = new TempFolder();
            using var history = await LongHistory.OpenAsync(folder.Path, definition);

            // The first one opens the file: its statements are prepared, its log has grown.
            history.Write(input);
            var live = history.Write(input);
            var began = Stopwatch.GetTimestamp();
            var replay = history.Replay();
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (!live.Equals(replay))
                throw new InvalidOperationException("The replayed execution is not the live one.");
            if (round < 0)
                continue;
            events = history.Events;
            var (early, late) = (history.PerEvent(0, Tenth), history.PerEvent(1 - Tenth, 1));
            first.Add(early.Cpu);
            last.Add(late.Cpu);
            growth.Add(late.Cpu / early.Cpu);
            waited.Add(late.Wall / early.Wall);
            written.Add(history.WrittenInMs);
            replayed.Add(took);
        }

        return new Figure(name)
            .With("events", events)
            .With("rounds", Rounds)
            .With("store", "sqlite, synchronous=FULL")
            .With("written_ms", written.Median)
            .With("first_tenth_cpu_us_per_event", first.Median)
            .With("last_tenth_cpu_us_per_event", last.Median)
            .With("last_to_first_by_the_clock", waited.Median)
            .AtMost("last_to_first", growth.Median, MostGrowth)
            .With("replay_ms_best", replayed.At(0))
            .With("replay_ms_worst", replayed.At(1))
            .AtMost("replay_ms", replayed.Median, MostReplayMs)
            .Print();
    }
}
