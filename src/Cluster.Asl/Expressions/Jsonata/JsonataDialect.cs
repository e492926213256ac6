namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Which language an expression is written in.</summary>
public enum JsonataDialect : byte
{
    /// <summary>JSONata 2.x as the reference implementation has it, without <c>$eval</c>.</summary>
    Reference,

    /// <summary>
    /// As Step Functions has it: with <c>$partition</c>, <c>$range</c>, <c>$hash</c>, <c>$random(seed)</c>, <c>$uuid</c> and
    /// <c>$parse</c>; there is no document at the root, so that names, <c>$</c> and <c>$$</c> outside of any path give nothing.
    /// </summary>
    StepFunctions,
}
