using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>What one evaluation carries from part to part: its failure, its draws of chance, and what it may still spend.</summary>
internal struct EvaluationProgress
{
    /// <summary>
    /// How much intrinsic functions may do in one evaluation: values looked at and characters written. Values share their parts, so a
    /// small template can name an endless text; this is 64 times what the largest payload holds.
    /// </summary>
    public const long MaxWork = 1L << 24;

    private ulong _draws;

    /// <summary>The first failure, which ends the evaluation.</summary>
    public EvaluationFailure? Failure { get; set; }

    /// <summary>What was done so far, at most <see cref="MaxWork"/> unless the evaluation has failed of it.</summary>
    public long Work { get; private set; }

    /// <summary>What may still be done.</summary>
    public readonly long WorkLeft => Math.Max(0, MaxWork - Work);

    /// <summary>Counts work, and fails the evaluation once it is too much.</summary>
    public bool TrySpend(long work)
    {
        Work += work;
        if (Work <= MaxWork)
            return true;
        Fail($"The evaluation looks at or writes more than {MaxWork} values and characters");
        return false;
    }

    /// <summary>A number that no other draw of this evaluation gives, but a repetition of the evaluation does.</summary>
    public ulong Draw(in EvaluationScope scope) => Chance.Mix(scope.Seed + (++_draws * Chance.Step));

    /// <summary>The evaluation fails because a function cannot take its arguments.</summary>
    /// <returns>Null, as functions without a result give.</returns>
    public JsonValue? Fail(string sentence)
    {
        Failure ??= new EvaluationFailure(EvaluationFailure.IntrinsicError, sentence);
        return null;
    }
}
