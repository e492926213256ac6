using System.Collections.Frozen;
using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;

namespace Cluster.Asl.Parsing.States;

/// <summary>Reads a Map of mode INLINE; what belongs to mode DISTRIBUTED is told apart and refused until it is built.</summary>
internal static class MapReader
{
    /// <summary>Fields that only mode DISTRIBUTED gives a meaning to, and without which the machine would do something else.</summary>
    private static readonly string[] DistributedFields = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

    private static readonly FrozenSet<string> Fields = StateReader.Known(
        [
            "ItemProcessor", "Iterator", "ItemsPath", "ItemSelector", "Parameters", "MaxConcurrency", "MaxConcurrencyPath",
            "ToleratedFailureCount", "ToleratedFailureCountPath", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
            .. DistributedFields,
            "InputPath", "ResultSelector", "ResultPath", "OutputPath", "Retry", "Catch", "Assign", "Next", "End",
        ]);

    /// <summary>Stands in a state that is refused anyway, so that its other fields are still checked.</summary>
    private static readonly ScopeDefinition Unreadable = new("Unreadable", [new SucceedState("Unreadable")]);

    private static readonly FrozenSet<string> ProcessorFields = FrozenSet.ToFrozenSet(
        ["Comment", "ProcessorConfig", "StartAt", "States"], StringComparer.Ordinal);

    public static MapState? Read(ObjectReader state, StateOutline outline)
    {
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        state.AtMostOne("MaxConcurrency", "MaxConcurrencyPath");
        foreach (var field in DistributedFields)
        {
            if (state.Has(field))
                state.Diagnostics.NotSupportedYet(state.At.Field(field), $"'{field}' of a Distributed Map");
        }

        RefuseTolerance(state);
        var processor = ReadProcessor(state, outline);
        var map = new MapState(outline.Name)
        {
            Processor = processor ?? Unreadable,
            InputPath = PathFields.Document(state, "InputPath"),
            ItemsPath = ReferenceFields.Items(state) ?? JsonPath.Root,
            Parameters = ReadSelector(state),
            MaxConcurrency = state.Integer("MaxConcurrency", 0, long.MaxValue) ?? 0,
            MaxConcurrencyPath = ReferenceFields.Number(state, "MaxConcurrencyPath"),
            ResultSelector = TemplateFields.Read(state, "ResultSelector"),
            ResultPath = PathFields.Result(state),
            OutputPath = PathFields.Document(state, "OutputPath"),
            Next = StateReader.ReadNext(state, outline),
            Retry = RetryReader.Read(state),
            Catch = CatchReader.Read(state, outline),
        };
        return processor is null ? null : map;
    }

    /// <summary>ItemSelector, or Parameters, its legacy name.</summary>
    private static PayloadTemplate? ReadSelector(ObjectReader state)
    {
        state.AtMostOne("ItemSelector", "Parameters");
        var legacy = TemplateFields.Read(state, "Parameters");
        return TemplateFields.Read(state, "ItemSelector") ?? legacy;
    }

    /// <summary>ItemProcessor, or Iterator, its legacy name.</summary>
    private static ScopeDefinition? ReadProcessor(ObjectReader state, StateOutline outline)
    {
        if (state.AtMostOne("ItemProcessor", "Iterator") && !state.Has("ItemProcessor") && !state.Has("Iterator"))
            state.Refuse("This object should have only one of the following fields: [ItemProcessor, Iterator]");
        ScopeDefinition? read = null;
        foreach (var name in (string[])["ItemProcessor", "Iterator"])
        {
            if (!state.Source.TryGetValue(name, out var value)
                || ObjectReader.Of(value, state.At.Field(name), state.Diagnostics) is not { } processor)
            {
                continue;
            }

            ReadConfig(processor);
            read = ScopeReader.ReadInner(processor, ProcessorFields, outline.Nesting) ?? read;
        }

        return read;
    }

    private static void ReadConfig(ObjectReader processor)
    {
        if (!processor.Source.TryGetValue("ProcessorConfig", out var value)
            || ObjectReader.Of(value, processor.At.Field("ProcessorConfig"), processor.Diagnostics) is not { } config)
        {
            return;
        }

        var mode = config.OneOf("Mode", "INLINE", "DISTRIBUTED");
        if (mode is "DISTRIBUTED")
        {
            config.Require("ExecutionType");
            config.OneOf("ExecutionType", "STANDARD", "EXPRESS");
            config.Diagnostics.NotSupportedYet(config.At.Field("Mode"), "Map of Mode 'DISTRIBUTED'");
            return;
        }

        foreach (var (name, _) in config.Source.Properties)
        {
            if (name is not "Mode")
                config.Refuse($"Field '{name}' is not supported");
        }
    }

    /// <summary>
    /// AWS takes the tolerated failures of an inline Map and does nothing with them (2025-07), so only their shape counts here.
    /// </summary>
    private static void RefuseTolerance(ObjectReader state)
    {
        state.AtMostOne("ToleratedFailureCount", "ToleratedFailureCountPath");
        state.AtMostOne("ToleratedFailurePercentage", "ToleratedFailurePercentagePath");
        state.Integer("ToleratedFailureCount", 0, long.MaxValue);
        state.Number("ToleratedFailurePercentage", 0, 100);
        ReferenceFields.Number(state, "ToleratedFailureCountPath");
        ReferenceFields.Number(state, "ToleratedFailurePercentagePath");
    }
}
