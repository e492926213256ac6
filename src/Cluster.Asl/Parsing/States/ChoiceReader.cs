using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Definitions.Choices;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing.States;

internal static class ChoiceReader
{
    /// <summary>The deepest nesting of And, Or and Not in one rule.</summary>
    public const int MaxRuleDepth = 256;

    private static readonly FrozenSet<string> Fields = StateReader.Known("Choices", "Default", "InputPath", "OutputPath", "Assign");

    private static readonly string[] Selectors = ["And", "Or", "Not", "Variable", "Condition"];

    private static readonly FrozenSet<string> RuleFields = FrozenSet.ToFrozenSet(
        [.. Selectors, .. ChoiceOperators.Names, "Comment"], StringComparer.Ordinal);

    private static readonly string OperatorNames = string.Join(", ", ChoiceOperators.Names);

    public static ChoiceState Read(ObjectReader state, StateOutline outline)
    {
        state.Require("Choices");
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        var choices = ReadChoices(state, outline);
        var otherwise = state.Text("Default");
        if (otherwise is not null)
            outline.Transitions.Add(new Transition(otherwise, state.At.Field("Default")));
        return new ChoiceState(outline.Name)
        {
            InputPath = PathFields.Document(state, "InputPath"),
            Choices = choices,
            Default = otherwise,
            OutputPath = PathFields.Document(state, "OutputPath"),
        };
    }

    private static ImmutableArray<ChoiceRule> ReadChoices(ObjectReader state, StateOutline outline)
    {
        if (state.Items("Choices") is not { } rules)
        {
            outline.IsUnderstood = false;
            return [];
        }

        var at = state.At.Field("Choices");
        var read = ImmutableArray.CreateBuilder<ChoiceRule>(rules.Count);
        for (var i = 0; i < rules.Count; i++)
        {
            if (ObjectReader.Of(rules[i], at.Item(i), state.Diagnostics) is { } rule && ReadRule(rule, outline) is { } choice)
                read.Add(choice);
            else
                outline.IsUnderstood = false;
        }

        return read.ToImmutable();
    }

    private static ChoiceRule? ReadRule(ObjectReader rule, StateOutline outline)
    {
        rule.Require("Next");
        StateReader.RefuseAssign(rule);
        var next = rule.Text("Next");
        if (next is not null)
            outline.Transitions.Add(new Transition(next, rule.At.Field("Next")));
        var condition = ReadCondition(rule, depth: 0);
        return condition is not null && next is not null ? new ChoiceRule(condition, next, rule.Text("Comment")) : null;
    }

    private static ChoiceCondition? ReadCondition(ObjectReader rule, int depth)
    {
        if (depth > MaxRuleDepth)
        {
            rule.Diagnostics.Add(
                DiagnosticCodes.TooDeeplyNested, $"Choice rules must not be nested more than {MaxRuleDepth} deep", rule.At);
            return null;
        }

        RefuseUnknown(rule, isNested: depth > 0);
        if (Selectors.Count(rule.Has) != 1)
        {
            rule.Refuse($"The object must have only one of the following fields, [{string.Join(", ", Selectors)}]");
            return null;
        }

        if (rule.Has("Variable"))
            return ReadComparison(rule);
        RefuseOperators(rule);
        if (rule.Has("Condition"))
        {
            rule.Refuse(QueryLanguageFields.OnlyInJsonata("Condition"));
            return null;
        }

        if (rule.Source.TryGetValue("Not", out var inner))
        {
            return ObjectReader.Of(inner, rule.At.Field("Not"), rule.Diagnostics) is { } negated
                && ReadCondition(negated, depth + 1) is { } condition
                    ? new NotCondition(condition)
                    : null;
        }

        return ReadJunction(rule, rule.Has("And") ? "And" : "Or", depth);
    }

    private static JunctionCondition? ReadJunction(ObjectReader rule, string name, int depth)
    {
        if (rule.Items(name) is not { } items)
            return null;
        var at = rule.At.Field(name);
        var conditions = ImmutableArray.CreateBuilder<ChoiceCondition>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (ObjectReader.Of(items[i], at.Item(i), rule.Diagnostics) is { } inner && ReadCondition(inner, depth + 1) is { } condition)
                conditions.Add(condition);
        }

        return conditions.Count == items.Count ? new JunctionCondition(name is "And", conditions.MoveToImmutable()) : null;
    }

    private static ChoiceCondition? ReadComparison(ObjectReader rule)
    {
        string? found = null;
        var count = 0;
        foreach (var (name, _) in rule.Source.Properties)
        {
            if (!ChoiceOperators.ByName.ContainsKey(name))
                continue;
            found = name;
            count++;
        }

        var variable = PathFields.Reference(rule, "Variable");
        if (count != 1 || found is null)
        {
            rule.Refuse(count == 0
                ? $"This object should have only one of the following fields: [{OperatorNames}]"
                : $"There should only be one of the following fields: [{OperatorNames}]");
            return null;
        }

        PathWarnings.CheckConstant(rule, found);

        // An operand is checked even where the variable is faulty, so that both are told at once.
        var condition = ChoiceOperators.ByName[found](rule, found, variable ?? Expressions.JsonPath.Root);
        return variable is null ? null : condition;
    }

    /// <summary>An operator compares a Variable; beside And, Or and Not it would silently do nothing.</summary>
    private static void RefuseOperators(ObjectReader rule)
    {
        foreach (var (name, _) in rule.Source.Properties)
        {
            if (ChoiceOperators.ByName.ContainsKey(name))
                rule.Refuse($"Field '{name}' is not supported");
        }
    }

    private static void RefuseUnknown(ObjectReader rule, bool isNested)
    {
        foreach (var (name, _) in rule.Source.Properties)
        {
            if (RuleFields.Contains(name) || (!isNested && name is "Next" or "Assign"))
                continue;
            rule.Refuse(name is "Output" ? QueryLanguageFields.OnlyInJsonata(name) : $"Field '{name}' is not supported");
        }
    }
}
