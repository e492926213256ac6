using System.Globalization;
using System.Text;
using Cluster.Benchmarks.Core;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>Whether branches use the cores: two branches of costly states against the same states one after the other.</summary>
/// <remarks>
/// Two threads gain nothing while others have the second core. Each round therefore notes how much others worked; there are rounds until
/// enough were quiet, or until there were too many, and the quietest count.
/// </remarks>
internal static class CoresRun
{
    private const double MostOfSerial = 0.65;
    private const double LeastStateMs = 5;
    private const int Branches = 2;
    private const int StatesOfBranch = 20;
    private const int MostRounds = 60;
    private const int QuietRounds = 9;

    /// <summary>How many cores others may use in a round that is quiet.</summary>
    private const double Quiet = 0.1;
    private const int WarmUps = 3;
    private const int Rows = 4_000;
    private const int CallsOfState = 5;

    /// <summary>Between two looks for the end: looking more often would take a third of the second core.</summary>
    private const uint PauseMicroseconds = 2_000;

    private const string Serial = "serial-40";
    private const string Parallel = "parallel-2x20";

    /// <summary>One call costs 1.3 to 2 ms, so a state makes several; what they give is left out of the output, which stays the input.</summary>
    private static readonly string Fields = "\"ResultPath\":null,\"Parameters\":{" + string.Join(',', Enumerable.Range(1, CallsOfState).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"\"n{i}.$\":\"States.ArrayLength(States.ArrayUnique($.items))\""))) + "},";

    /// <summary>
    /// Distinct rows of 22 numbers, 196 KB. Of all arrays of that size tried, one of many numbers costs most; in rows, since the table of
    /// 34,000 numbers would be a large object, and each large object brings the next full collection nearer, which stops all threads.
    /// </summary>
    private static readonly string Input = "{\"items\":[" + string.Join(',', Enumerable.Range(1_000, Rows).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"[{i},2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,0,1,2,3]"))) + "]}";

    /// <summary>Runs both, in turn, on a whole node in this process.</summary>
    public static async Task<bool> RunAsync()
    {
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(Serial, CoreMachines.Chain(Branches * StatesOfBranch, Fields));
        await node.CreateAsync(Parallel, BranchMachines.Parallel(Branches, StatesOfBranch, Fields));
        var rounds = new List<Round>();
        for (var round = -WarmUps; round < MostRounds && rounds.Count(one => one.Others <= Quiet) < QuietRounds; round++)
        {
            var busy = MachineLoad.BusySeconds();
            var serial = await TimeAsync(node, Serial, round);
            var paused = GC.GetTotalPauseDuration();
            var parallel = await TimeAsync(node, Parallel, round);
            paused = GC.GetTotalPauseDuration() - paused;
            var others = MachineLoad.BusySeconds() - busy - (serial.Cpu + parallel.Cpu).TotalSeconds;
            if (round >= 0)
                rounds.Add(new Round(serial, parallel, paused, Math.Max(0, others) / (serial.Wall + parallel.Wall).TotalSeconds));
        }

        rounds.Sort((a, b) => a.Others.CompareTo(b.Others));
        var quiet = rounds[..QuietRounds];
        var stateMs = Median(quiet, round => round.Serial.Cpu.TotalMilliseconds) / (Branches * StatesOfBranch);
        return new Figure("branches_on_two_cores")
            .With("cores", Environment.ProcessorCount)
            .With("rounds", rounds.Count)
            .With("quiet_rounds", QuietRounds)
            .With("cores_used_by_others", Median(quiet, round => round.Others))
            .With("input_bytes", Encoding.UTF8.GetByteCount(Input))
            .With("calls_of_array_unique_per_state", CallsOfState)
            .With("serial_ms", Median(quiet, round => round.Serial.Wall.TotalMilliseconds))
            .With("parallel_ms", Median(quiet, round => round.Parallel.Wall.TotalMilliseconds))
            .With("serial_cpu_ms", Median(quiet, round => round.Serial.Cpu.TotalMilliseconds))
            .With("parallel_cpu_ms", Median(quiet, round => round.Parallel.Cpu.TotalMilliseconds))
            .With("parallel_gc_pause_ms", Median(quiet, round => round.Paused.TotalMilliseconds))
            .With("ratio_of_all_rounds", Median(rounds, round => round.Ratio))
            .AtLeast("state_cpu_ms", stateMs, LeastStateMs)
            .AtMost("ratio", Median(quiet, round => round.Ratio), MostOfSerial)
            .Print();
    }

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> value)
    {
        var samples = new Samples();
        foreach (var round in rounds)
            samples.Add(value(round));
        return samples.Median;
    }

    /// <summary>One execution from its start to its durable end, and the processor time of the process for it.</summary>
    private static async Task<CpuTime> TimeAsync(InProcessNode node, string machine, int round)
    {
        var began = CpuTime.Now;
        var (_, latencies, _) = await new SerialLoad(node, machine, Input, PauseMicroseconds)
            .RunAsync(string.Create(CultureInfo.InvariantCulture, $"round{round + WarmUps}"), executions: 1);
        return new CpuTime(TimeSpan.FromMilliseconds(latencies.Median), (CpuTime.Now - began).Cpu);
    }

    /// <summary>One round.</summary>
    /// <param name="Serial">The states one after the other.</param>
    /// <param name="Parallel">The same states in two branches.</param>
    /// <param name="Paused">How long collections stopped all threads during the latter.</param>
    /// <param name="Others">How many cores other processes used meanwhile.</param>
    private readonly record struct Round(CpuTime Serial, CpuTime Parallel, TimeSpan Paused, double Others)
    {
        public double Ratio => Parallel.Wall / Serial.Wall;
    }
}
