using System.Collections.Frozen;
using Cluster.Asl.Definitions;
using Cluster.Asl.Definitions.Choices;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing.States;

/// <summary>The 39 operators of a Choice rule: each makes its condition from the rule's operand.</summary>
internal static class ChoiceOperators
{
    private static readonly (string Name, Relation Relation)[] Relations =
    [
        ("Equals", Relation.Equal),
        ("LessThan", Relation.LessThan),
        ("GreaterThan", Relation.GreaterThan),
        ("LessThanEquals", Relation.LessThanEquals),
        ("GreaterThanEquals", Relation.GreaterThanEquals),
    ];

    /// <summary>Makes a condition of the operand, or tells the rule's diagnostics what is wrong with it.</summary>
    public delegate ChoiceCondition? Factory(ObjectReader rule, string name, JsonPath variable);

    /// <summary>The operators by name.</summary>
    public static FrozenDictionary<string, Factory> ByName { get; } =
        AllOperators().ToFrozenDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);

    /// <summary>The operators' names in the order of the language's page.</summary>
    public static IEnumerable<string> Names => AllOperators().Select(o => o.Key);

    private static IEnumerable<KeyValuePair<string, Factory>> AllOperators() =>
    [
        .. Comparisons<string, StringComparand>("String", "Expected value of type String"),
        KeyValuePair.Create<string, Factory>("StringMatches", Matches),
        .. Comparisons<JsonNumber, NumericComparand>("Numeric", "Expected value of type Number"),
        .. Comparisons<bool, BooleanComparand>("Boolean", "Expected value of type Boolean").Take(2),
        .. Comparisons<Instant, TimestampComparand>("Timestamp", "String does not match RFC3339 timestamp"),
        Test("IsNull", (variable, expected) => new TypeTest(variable, TestedType.Null, expected)),
        Test("IsPresent", (variable, expected) => new PresenceTest(variable, expected)),
        Test("IsNumeric", (variable, expected) => new TypeTest(variable, TestedType.Numeric, expected)),
        Test("IsString", (variable, expected) => new TypeTest(variable, TestedType.String, expected)),
        Test("IsBoolean", (variable, expected) => new TypeTest(variable, TestedType.Boolean, expected)),
        Test("IsTimestamp", (variable, expected) => new TypeTest(variable, TestedType.Timestamp, expected)),
    ];

    private static IEnumerable<KeyValuePair<string, Factory>> Comparisons<T, TFamily>(string family, string wrongOperand)
        where TFamily : IComparand<T>
    {
        foreach (var (suffix, relation) in Relations)
        {
            yield return KeyValuePair.Create<string, Factory>(family + suffix, WithConstant);
            yield return KeyValuePair.Create<string, Factory>(family + suffix + "Path", WithPath);

            ChoiceCondition? WithConstant(ObjectReader rule, string name, JsonPath variable)
            {
                if (rule.Source.TryGetValue(name, out var operand) && TFamily.TryTake(operand, out var constant))
                    return new ConstantComparison<T, TFamily>(variable, relation, constant);
                rule.Refuse(name, wrongOperand);
                return null;
            }

            ChoiceCondition? WithPath(ObjectReader rule, string name, JsonPath variable) =>
                PathFields.Reference(rule, name) is { } operand
                    ? new PathComparison<T, TFamily>(variable, relation, operand)
                    : null;
        }
    }

    private static ChoiceCondition? Matches(ObjectReader rule, string name, JsonPath variable) =>
        rule.Text(name) is { } pattern ? new MatchCondition(variable, WildcardPattern.Parse(pattern)) : null;

    private static KeyValuePair<string, Factory> Test(string name, Func<JsonPath, bool, ChoiceCondition> make) =>
        KeyValuePair.Create<string, Factory>(
            name,
            (rule, field, variable) => rule.Flag(field) is { } expected ? make(variable, expected) : null);
}
