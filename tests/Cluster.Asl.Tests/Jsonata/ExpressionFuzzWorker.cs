using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>What a process of the fuzzer saw.</summary>
/// <param name="Compiled">How many expressions were good.</param>
/// <param name="Values">How many of them gave a value.</param>
/// <param name="SlowestMs">How long the slowest case took.</param>
/// <param name="SlowestSeed">Which that was.</param>
/// <param name="Faults">Cases that threw, took too long or broke a limit.</param>
internal sealed record ExpressionFuzzReport(int Compiled, int Values, double SlowestMs, int SlowestSeed, IReadOnlyList<string> Faults);

/// <summary>Compiles and evaluates expressions by chance, in a process of its own: a stack overflow ends only that one.</summary>
internal static class ExpressionFuzzWorker
{
    /// <summary>No case may take longer. One that did is tried again: a busy machine slows whatever runs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private const int FaultsShown = 5;

    /// <summary>Every so many cases have the limits of Step Functions; the others have small ones, which more of them reach.</summary>
    private const int FullLimitsEach = 50;

    /// <summary>Every so many cases the expression stands behind a variable, as Step Functions wants names.</summary>
    private const int ToVariableEach = 4;

    /// <summary>After so many cases the place is noted, for the case that ends the process.</summary>
    private const int NotedEach = 500;

    private static readonly JsonataLimits Small = new()
    {
        MaxDepth = 60,
        MaxSteps = 20_000,
        MaxItems = 5_000,
        MaxTotalItems = 50_000,
        MaxStringLength = 20_000,
        MaxTotalCharacters = 400_000,
    };

    private static readonly JsonValue Document = JsonValue.Parse(
        """
        {"a":{"b":[1,2,{"n":3.5}],"name":"abc"},"list":[3,1,2],"items":[{"name":"x","n":1,"list":["p","q"]},{"name":"y","n":-2.5},{"name":"x","n":1e20}],
        "name":"I\u0130\u0131i é","n":0,"when":"2024-02-29T23:59:59Z","odd name":[[],[[1]],{}],"states":null}
        """);

    private static readonly JsonataBindings Bindings = new(new Dictionary<string, JsonValue>(StringComparer.Ordinal)
    {
        ["x"] = JsonValue.Parse("[1,2,3]"),
        ["y"] = JsonValue.Parse("\"why\""),
        ["i"] = JsonValue.Parse("7"),
        ["states"] = new JsonObject([KeyValuePair.Create("input", Document)]),
    });

    public static ExpressionFuzzReport Run(int first, int count, string noteFile)
    {
        var (faults, compiled, values, slowest, slowestSeed) = (new List<string>(), 0, 0, TimeSpan.Zero, 0);
        for (var seed = first; seed < first + count && faults.Count < FaultsShown; seed++)
        {
            if (seed % NotedEach == 0)
                File.WriteAllText(noteFile, seed.ToString(CultureInfo.InvariantCulture));
            var text = new RandomExpression(new Random(seed)).Text();
            if (seed % ToVariableEach == 1)
                text = $"$states.input.({text})";
            try
            {
                var took = Timed(text, seed, out var result);
                if (took > Longest)
                    took = Timed(text, seed, out result);
                if (took > Longest)
                    faults.Add($"seed {seed} took {took.TotalSeconds} s: {text}");
                if (took > slowest)
                    (slowest, slowestSeed) = (took, seed);
                compiled += result is null ? 0 : 1;
                values += result?.Value is null ? 0 : 1;
                if (Broken(result) is { } limit)
                    faults.Add($"seed {seed} {limit}: {text}");
            }
            catch (Exception e)
            {
                faults.Add($"seed {seed}: {e}\n{text}");
            }
        }

        return new ExpressionFuzzReport(compiled, values, slowest.TotalMilliseconds, slowestSeed, faults);
    }

    public static void Write(string path, ExpressionFuzzReport report) => File.WriteAllText(path, JsonSerializer.Serialize(report));

    public static ExpressionFuzzReport Read(string path) => JsonSerializer.Deserialize<ExpressionFuzzReport>(File.ReadAllText(path))!;

    private static TimeSpan Timed(string text, int seed, out JsonataResult? result)
    {
        var clock = Stopwatch.StartNew();
        var isReference = seed % 2 == 0;
        result = JsonataExpression.TryCompile(text, isReference ? JsonataDialect.Reference : JsonataDialect.StepFunctions, out var expression, out var error)
            ? expression.Evaluate(new JsonataScope(
                isReference ? Document : null, Bindings, seed % FullLimitsEach == 0 ? JsonataLimits.StepFunctions : Small, Now: 1_700_000_000_000, Seed: (ulong)seed))
            : null;
        if (result is null && error!.Message.Length == 0)
            throw new InvalidOperationException("An error says nothing.");
        return clock.Elapsed;
    }

    /// <summary>What of a result breaks a limit, or is not what its outcome says.</summary>
    private static string? Broken(JsonataResult? result) => result switch
    {
        null => null,
        { Outcome: JsonataOutcome.Error } => result is { Error: not null, Value: null } ? null : "has an error that is none",
        { Outcome: JsonataOutcome.Value, Value: { } value } => value.Depth > JsonataLimits.MaxValueDepth ? "gives a value that is too deep"
            : JsonValue.Parse(value.ToString()).Equals(value) ? null : "gives a value that is no JSON",
        _ => result.Value.Value is null ? null : "has a value that its outcome denies",
    };
}
