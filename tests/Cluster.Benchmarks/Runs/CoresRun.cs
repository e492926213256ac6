using System.Globalization;
using System.Text;
using Cluster.Benchmarks.Core;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>Whether branches use the cores: two branches of costly states against the same states one after the other.</summary>
internal static class CoresRun
{
    private const double MostOfSerial = 0.65;
    private const double LeastStateMs = 5;
    private const int Branches = 2;
    private const int StatesOfBranch = 20;
    private const int Rounds = 11;
    private const int WarmUps = 3;
    private const int Elements = 34_000;
    private const int CallsOfState = 5;
    private const string Serial = "serial-40";
    private const string Parallel = "parallel-2x20";

    /// <summary>One call costs 1.5 to 2 ms, so a state makes several; what they give is left out of the output, which stays the input.</summary>
    private static readonly string Fields = "\"ResultPath\":null,\"Parameters\":{" + string.Join(',', Enumerable.Range(1, CallsOfState).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"\"n{i}.$\":\"States.ArrayLength(States.ArrayUnique($.items))\""))) + "},";

    /// <summary>An array of distinct numbers, 193 KB.</summary>
    private static readonly string Input = "{\"items\":[" + string.Join(',', Enumerable.Range(0, Elements).Select(i =>
        i.ToString(CultureInfo.InvariantCulture))) + "]}";

    /// <summary>Runs both, in turn, on a whole node in this process.</summary>
    public static async Task<bool> RunAsync()
    {
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(Serial, CoreMachines.Chain(Branches * StatesOfBranch, Fields));
        await node.CreateAsync(Parallel, BranchMachines.Parallel(Branches, StatesOfBranch, Fields));
        Samples serial = new(), parallel = new(), serialCpu = new(), parallelCpu = new(), ratio = new();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var one = await TimeAsync(node, Serial, round);
            var both = await TimeAsync(node, Parallel, round);
            if (round < 0)
                continue;
            serial.Add(one.Wall.TotalMilliseconds);
            serialCpu.Add(one.Cpu.TotalMilliseconds);
            parallel.Add(both.Wall.TotalMilliseconds);
            parallelCpu.Add(both.Cpu.TotalMilliseconds);
            ratio.Add(both.Wall / one.Wall);
        }

        return new Figure("branches_on_two_cores")
            .With("cores", Environment.ProcessorCount)
            .With("rounds", Rounds)
            .With("input_bytes", Encoding.UTF8.GetByteCount(Input))
            .With("calls_of_array_unique_per_state", CallsOfState)
            .With("serial_ms", serial.Median)
            .With("parallel_ms", parallel.Median)
            .With("serial_cpu_ms", serialCpu.Median)
            .With("parallel_cpu_ms", parallelCpu.Median)
            .With("ratio_best", ratio.At(0))
            .With("ratio_worst", ratio.At(1))
            .AtLeast("state_cpu_ms", serialCpu.Median / (Branches * StatesOfBranch), LeastStateMs)
            .AtMost("ratio", ratio.Median, MostOfSerial)
            .Print();
    }

    /// <summary>One execution from its start to its durable end, and the processor time of the process for it.</summary>
    private static async Task<CpuTime> TimeAsync(InProcessNode node, string machine, int round)
    {
        var began = CpuTime.Now;
        var (_, latencies, _) = await new SerialLoad(node, machine, Input)
            .RunAsync(string.Create(CultureInfo.InvariantCulture, $"round{round + WarmUps}"), executions: 1);
        return new CpuTime(TimeSpan.FromMilliseconds(latencies.Median), (CpuTime.Now - began).Cpu);
    }
}
