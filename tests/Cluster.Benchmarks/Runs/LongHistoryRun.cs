using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Benchmarks.Core;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Load;
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

    /// <summary>A tenth of that.</summary>
    private const int FewIterations = 600;

    private const string Machine = "long-map";

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

    /// <summary>Measures a loop and a Map; the Map on a whole node, too.</summary>
    public static async Task<bool> RunAsync()
    {
        var loop = await RunAsync("long_history_loop", CoreMachines.Compiled(Loop), """{"stop":false}"""u8.ToArray());
        var map = await RunAsync("long_history_map", CoreMachines.Compiled(Map), Encoding.UTF8.GetBytes(Items(Iterations)));
        return (await OnNodeAsync()) && loop && map;
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

    /// <summary>On a node, whose branches are actors, nobody sees a tenth of a history: a Map of a tenth of the items is compared.</summary>
    private static async Task<bool> OnNodeAsync()
    {
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(Machine, Map);
        Samples few = new(), many = new(), growth = new(), took = new();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (early, _) = await PerIterationAsync(node, round, FewIterations, (int)(1 / Tenth));
            var (late, wall) = await PerIterationAsync(node, round, Iterations, executions: 1);
            if (round < 0)
                continue;
            few.Add(early);
            many.Add(late);
            growth.Add(late / early);
            took.Add(wall);
        }

        return new Figure("long_history_node")
            .With("iterations", Iterations)
            .With("rounds", Rounds)
            .With("cpu_us_per_iteration_of_600", few.Median)
            .With("cpu_us_per_iteration_of_6000", many.Median)
            .With("execution_ms", took.Median)
            .AtMost("many_to_few", growth.Median, MostGrowth)
            .Print();
    }

    private static async Task<(double CpuMicroseconds, double WallMs)> PerIterationAsync(
        InProcessNode node, int round, int iterations, int executions)
    {
        var began = CpuTime.Now;
        var (_, latencies, _) = await new SerialLoad(node, Machine, Items(iterations))
            .RunAsync(string.Create(CultureInfo.InvariantCulture, $"of{iterations}-round{round + WarmUps}"), executions);
        return ((CpuTime.Now - began).Cpu.TotalMicroseconds / (iterations * executions), latencies.Median);
    }

    private static string Items(int count) =>
        "[" + string.Join(',', Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))) + "]";
}
