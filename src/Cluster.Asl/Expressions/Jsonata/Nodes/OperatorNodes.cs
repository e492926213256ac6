using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>The arithmetic operators.</summary>
internal enum Arithmetic : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// <summary>Two numbers made into one; nothing where either side is nothing.</summary>
internal sealed class ArithmeticNode(Arithmetic operation, string symbol, int position, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        EvaluateNumber(evaluation, frame, input, out var number, out _) ? JsonNumber.OfComputed(number) : null;

    public override bool EvaluateNumber(Evaluation evaluation, Frame frame, JsonValue? input, out double number, out JsonValue? value)
    {
        evaluation.Enter(frame.Depth + level);
        value = null;
        number = 0;
        var hasLeft = left.EvaluateNumber(evaluation, frame, input, out var l, out var other);
        var hasRight = right.EvaluateNumber(evaluation, frame, input, out var r, out var otherRight);
        if (!hasLeft && other is not null)
            throw JsonataErrors.Of("T2001", position, symbol, other);
        if (hasLeft && !double.IsFinite(l))
            throw NotFinite("T2001", l);
        if (!hasRight && otherRight is not null)
            throw JsonataErrors.Of("T2002", position, symbol, otherRight);
        if (hasRight && !double.IsFinite(r))
            throw NotFinite("T2002", r);
        if (!hasLeft || !hasRight)
            return false;
        number = operation switch
        {
            Arithmetic.Add => l + r,
            Arithmetic.Subtract => l - r,
            Arithmetic.Multiply => l * r,
            Arithmetic.Divide => l / r,
            _ => l % r,
        };
        return true;
    }

    /// <summary>An infinity is out of range; NaN is no number at all.</summary>
    private JsonataException NotFinite(string code, double operand) =>
        JsonataErrors.Of(double.IsNaN(operand) ? code : "D1001", position, symbol, JsonNumber.OfComputed(operand));
}

/// <summary>Equality in depth; false where either side is nothing.</summary>
internal sealed class EqualityNode(bool isEqual, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        JsonBoolean.Of(EvaluateTruth(evaluation, frame, input));

    public override bool EvaluateTruth(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var l = left.Evaluate(evaluation, frame, input);
        var r = right.Evaluate(evaluation, frame, input);
        return l is not null && r is not null && Operations.AreEqual(evaluation, l, r) == isEqual;
    }
}

/// <summary>The operators that compare.</summary>
internal enum Comparison : byte
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>The order of two numbers or two strings; nothing where either side is nothing.</summary>
internal sealed class ComparisonNode(Comparison comparison, string symbol, int position, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Compare(evaluation, frame, input) is { } result ? JsonBoolean.Of(result) : null;

    public override bool EvaluateTruth(Evaluation evaluation, Frame frame, JsonValue? input) => Compare(evaluation, frame, input) ?? false;

    private bool? Compare(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var hasLeft = left.EvaluateNumber(evaluation, frame, input, out var l, out var leftValue);
        var hasRight = right.EvaluateNumber(evaluation, frame, input, out var r, out var rightValue);
        if (hasLeft && hasRight)
        {
            return comparison switch
            {
                Comparison.Less => l < r,
                Comparison.LessOrEqual => l <= r,
                Comparison.Greater => l > r,
                _ => l >= r,
            };
        }

        return CompareOthers(evaluation, hasLeft ? JsonNumber.OfComputed(l) : leftValue, hasRight ? JsonNumber.OfComputed(r) : rightValue);
    }

    private bool? CompareOthers(Evaluation evaluation, JsonValue? l, JsonValue? r)
    {
        if (l is not (null or JsonString or JsonNumber))
            throw JsonataErrors.Of("T2010", position, symbol, l);
        if (r is not (null or JsonString or JsonNumber))
            throw JsonataErrors.Of("T2010", position, symbol, r);
        if (l is null || r is null)
            return null;
        if (l is not JsonString leftText || r is not JsonString rightText)
            throw JsonataErrors.Of("T2009", position, symbol, l, r);
        evaluation.StepText(Math.Min(leftText.Value.Length, rightText.Value.Length));
        var order = string.CompareOrdinal(leftText.Value, rightText.Value);
        return comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>And, or: the right side is looked at only when the left one does not decide.</summary>
internal sealed class LogicNode(bool isAnd, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        JsonBoolean.Of(EvaluateTruth(evaluation, frame, input));

    public override bool EvaluateTruth(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        return left.EvaluateTruth(evaluation, frame, input) == isAnd ? right.EvaluateTruth(evaluation, frame, input) : !isAnd;
    }
}

/// <summary>Whether a scalar is among the elements of the right side.</summary>
internal sealed class InclusionNode(int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var l = left.Evaluate(evaluation, frame, input);
        var r = right.Evaluate(evaluation, frame, input);
        if (l is null || r is null)
            return JsonBoolean.False;
        if (r is not JsonArray array)
            return JsonBoolean.Of(IsSame(evaluation, l, r));
        evaluation.Step(array.Count);
        foreach (var item in array.Items)
        {
            if (IsSame(evaluation, l, item))
                return JsonBoolean.True;
        }

        return JsonBoolean.False;
    }

    private static bool IsSame(Evaluation evaluation, JsonValue left, JsonValue right) =>
        left is JsonArray or JsonObject ? ReferenceEquals(left, right) : Operations.AreEqual(evaluation, left, right);
}

/// <summary>Two texts, one behind the other; anything else is cast to text, nothing to the empty one.</summary>
internal sealed class ConcatNode(int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var l = left.Evaluate(evaluation, frame, input);
        var r = right.Evaluate(evaluation, frame, input);
        var leftText = l is null ? "" : ValueText.Of(evaluation, l);
        var rightText = r is null ? "" : ValueText.Of(evaluation, r);
        evaluation.SpendCharacters((long)leftText.Length + rightText.Length);
        return new JsonString(leftText + rightText);
    }
}

/// <summary>A row of integers.</summary>
internal sealed class RangeNode(int position, int level, Node left, Node right) : Node
{
    /// <summary>So many integers are made in the time of a step.</summary>
    private const int IntegersPerStep = 8;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var l = left.Evaluate(evaluation, frame, input);
        var r = right.Evaluate(evaluation, frame, input);
        var first = Integer(l, "T2003");
        var last = Integer(r, "T2004");
        if (l is null || r is null || first > last)
            return null;
        var count = last - first + 1;
        if (count > JsonataLimits.MaxRangeLength)
            throw JsonataErrors.Of("D2014", position, "..", JsonNumber.OfComputed(count));
        evaluation.SpendItems((long)count);
        evaluation.Step((long)count / IntegersPerStep);
        var items = new JsonValue[(int)count];
        for (var i = 0; i < items.Length; i++)
            items[i] = JsonNumber.OfComputed(first + i);
        return new JsonArray(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items))
        {
            Traits = ArrayTraits.Fresh | ArrayTraits.Sequence,
        };
    }

    private double Integer(JsonValue? value, string code)
    {
        if (value is null)
            return 0;
        if (value is JsonNumber number && number.ToDouble() is var d && double.IsInteger(d))
            return d;
        throw JsonataErrors.Of(code, position, "..", value);
    }
}

/// <summary>A number with the other sign.</summary>
internal sealed class NegationNode(int position, int level, Node operand) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        EvaluateNumber(evaluation, frame, input, out var number, out _) ? JsonNumber.OfComputed(number) : null;

    public override bool EvaluateNumber(Evaluation evaluation, Frame frame, JsonValue? input, out double number, out JsonValue? value)
    {
        evaluation.Enter(frame.Depth + level);
        if (operand.EvaluateNumber(evaluation, frame, input, out number, out value))
        {
            number = -number;
            return true;
        }

        if (value is not null)
            throw JsonataErrors.Of("D1002", position, "-", value);
        return false;
    }
}
