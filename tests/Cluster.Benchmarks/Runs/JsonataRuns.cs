using System.Diagnostics;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Jsonata;

namespace Cluster.Benchmarks.Runs;

/// <summary>The JSONata engine beside the reference implementation, in one run: both warm, documents parsed and expressions compiled before.</summary>
internal static class JsonataRuns
{
    private const int SmallBytes = 1_000;
    private const int LargeBytes = 100_000;
    private const int Rounds = 5;

    /// <summary>How long each side evaluates before it is measured.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a round is.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60);

    /// <summary>Each expression over both documents, then an output of a state.</summary>
    /// <returns>Whether every goal was reached.</returns>
    public static bool Beside()
    {
        using var reference = ReferenceProcess.Start();
        var (isReached, logarithms, worst) = (true, 0.0, double.PositiveInfinity);
        foreach (var bytes in new[] { SmallBytes, LargeBytes })
        {
            var document = JsonataDocuments.Orders(bytes);
            foreach (var (name, text) in JsonataExpressions.All)
            {
                var (ours, theirs) = Compare(reference, text, document, "{}", JsonataDialect.Reference);
                var ratio = theirs / ours;
                logarithms += Math.Log(ratio);
                worst = Math.Min(worst, ratio);
                isReached &= new Figure("jsonata_expression")
                    .With("name", name)
                    .With("document_bytes", document.Length)
                    .With("microseconds", ours / 1000)
                    .With("reference_microseconds", theirs / 1000)
                    .AtLeast("ratio", ratio, 1)
                    .Print();
            }
        }

        isReached &= new Figure("jsonata_beside_reference")
            .With("reference", ReferenceProcess.Package)
            .With("expressions", JsonataExpressions.All.Length)
            .AtLeast("least_ratio", worst, 1)
            .AtLeast("geometric_mean_ratio", Math.Exp(logarithms / (2 * JsonataExpressions.All.Length)), 5)
            .Print();
        return Output(reference) & Bombs() & isReached;
    }

    /// <summary>How soon an expression that wants too much is told so.</summary>
    private static bool Bombs()
    {
        var isReached = true;
        foreach (var (name, text) in JsonataExpressions.Bombs)
        {
            if (!JsonataExpression.TryCompile(text, JsonataDialect.StepFunctions, out var expression, out var error))
                throw new InvalidOperationException($"{text}: {error}");
            var times = new Samples();
            for (var round = 0; round < Rounds; round++)
            {
                var began = Stopwatch.GetTimestamp();
                if (expression.Evaluate(new JsonataScope(Input: null, Bindings: null, JsonataLimits.StepFunctions)).Outcome != JsonataOutcome.Error)
                    throw new InvalidOperationException($"{text} was not refused");
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            isReached &= new Figure("jsonata_bomb").With("name", name).AtMost("seconds", times.Median, 2).Print();
        }

        return isReached;
    }

    private static bool Output(ReferenceProcess reference)
    {
        var bindings = $$$"""{"states": {"input": {{{JsonataDocuments.StateInput()}}} } }""";
        var (ours, theirs) = Compare(reference, JsonataExpressions.Output, "null", bindings, JsonataDialect.StepFunctions);
        return new Figure("jsonata_output")
            .With("document_bytes", JsonataDocuments.StateInput().Length)
            .With("reference_microseconds", theirs / 1000)
            .AtMost("microseconds", ours / 1000, 1.5)
            .Print();
    }

    /// <summary>Nanoseconds for an evaluation on either side: the medians of rounds that take turns.</summary>
    private static (double Ours, double Theirs) Compare(
        ReferenceProcess reference, string text, string document, string bindings, JsonataDialect dialect)
    {
        if (!JsonataExpression.TryCompile(text, dialect, out var expression, out var error))
            throw new InvalidOperationException($"{text}: {error}");
        var scope = new JsonataScope(
            dialect == JsonataDialect.StepFunctions ? null : JsonValue.Parse(document),
            new JsonataBindings(((JsonObject)JsonValue.Parse(bindings)).Properties.ToDictionary(StringComparer.Ordinal)),
            dialect == JsonataDialect.StepFunctions ? JsonataLimits.StepFunctions : JsonataLimits.Reference);
        var wanted = reference.Prepare(text, document, bindings);
        var result = expression.Evaluate(scope);
        if (result.Value is not { } value || !value.Equals(JsonValue.Parse(wanted)))
            throw new InvalidOperationException($"{text} gives {result}, and the reference {wanted}");

        Measure(expression, scope, WarmUp);
        reference.Measure(WarmUp);
        var (ours, theirs) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Measure(expression, scope, Round));
            theirs.Add(reference.Measure(Round));
        }

        return (ours.Median, theirs.Median);
    }

    private static double Measure(JsonataExpression expression, JsonataScope scope, TimeSpan time)
    {
        var count = 1L;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0L; i < count; i++)
                expression.Evaluate(scope);
            var took = Stopwatch.GetElapsedTime(began);
            if (took >= time)
                return took.TotalNanoseconds / count;
            count = Math.Max(count * 2, (long)(count * (time / Max(took))));
        }

        static TimeSpan Max(TimeSpan took) => took > TimeSpan.Zero ? took : TimeSpan.FromTicks(1);
    }
}
