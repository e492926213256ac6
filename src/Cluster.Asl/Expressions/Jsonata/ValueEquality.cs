using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Equality as the operator <c>=</c> has it, for sets. Hashes are the same in every process.</summary>
internal sealed class ValueEquality(Evaluation evaluation) : IEqualityComparer<JsonValue>
{
    private const int Factor = 31;

    public bool Equals(JsonValue? left, JsonValue? right)
    {
        evaluation.Step();
        return Operations.AreEqual(evaluation, left, right);
    }

    public int GetHashCode(JsonValue value)
    {
        switch (value)
        {
            case JsonString text:
                return StableHash.Of(text.Value);
            case JsonNumber number:
                // Zero has two signs.
                var bits = BitConverter.DoubleToInt64Bits(number.ToDouble() + 0.0);
                return unchecked((int)(bits ^ (bits >> 32)));
            case JsonArray array:
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(array.Count);
                var ordered = array.Count;
                foreach (var item in array.Items)
                    ordered = unchecked((ordered * Factor) + GetHashCode(item));
                return ordered;
            case JsonObject o:
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(o.Count);
                var sum = o.Count;
                foreach (var (name, member) in o.Properties)
                    sum = unchecked(sum + (StableHash.Of(name) * Factor) + GetHashCode(member));
                return sum;
            default:
                return (int)value.Kind;
        }
    }
}
