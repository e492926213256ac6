using System.Diagnostics;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Benchmarks.Core;
using Cluster.Benchmarks.Figures;

namespace Cluster.Benchmarks.Runs;

/// <summary>The figures of the language alone: no actor, no journal, one thread.</summary>
internal static class CoreRuns
{
    private const int ChainStates = 1_000;
    private const int ChainsAtOnce = 200;
    private const int Rounds = 9;

    private const int ParsedStates = 200;
    private const int Parses = 500;

    /// <summary>Parses that are not measured: the code is compiled.</summary>
    private const int ParsesBefore = 200;

    /// <summary>What each state of the chain does: two fields, one of them of an intrinsic function, put in their place in the input.</summary>
    private const string Template =
        """
        "Parameters":{"a.$":"$.x","b.$":"States.Format('{}-{}', $.x, $.y)"},"ResultPath":"$.r",
        """;

    private static readonly ReadOnlyMemory<byte> Input = """{"x":"order","y":1042}"""u8.ToArray();

    /// <summary>States a second of a core in a line of Pass states.</summary>
    public static bool Chain()
    {
        var definition = CoreMachines.Compiled(CoreMachines.Chain(ChainStates, Template));
        var rates = new Samples();
        var allocated = 0L;
        Run();
        for (var round = 0; round < Rounds; round++)
        {
            allocated = GC.GetTotalAllocatedBytes(precise: true);
            var took = CpuTime.Of(Run);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            rates.Add(ChainStates * ChainsAtOnce / took.Cpu.TotalSeconds);
        }

        return new Figure("pass_chain_core")
            .With("states", ChainStates)
            .With("template", Template.Trim())
            .With("rounds", Rounds)
            .With("best", rates.At(1))
            .With("worst", rates.At(0))
            .With("allocated_bytes_per_state", (double)allocated / (ChainStates * ChainsAtOnce))
            .AtLeast("states_per_cpu_second", rates.Median, 800_000)
            .Print();

        void Run()
        {
            for (var i = 0; i < ChainsAtOnce; i++)
                CoreMachines.Run(definition, Input, Limits.Default);
        }
    }

    /// <summary>How long a machine of many states takes from its text to a compiled definition.</summary>
    public static bool Parse()
    {
        var text = Encoding.UTF8.GetBytes(MixedMachine.Definition(ParsedStates));
        var times = new Samples();
        for (var i = -ParsesBefore; i < Parses; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var result = DefinitionParser.Parse(text);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (!result.IsValid)
                throw new InvalidOperationException(result.InvalidDefinitionMessage);
            if (i >= 0)
                times.Add(took);
        }

        return new Figure("parse_200_states")
            .With("states", ParsedStates)
            .With("text_bytes", text.Length)
            .With("parses", Parses)
            .With("p99_ms", times.At(0.99))
            .AtMost("median_ms", times.Median, 5)
            .Print();
    }
}
