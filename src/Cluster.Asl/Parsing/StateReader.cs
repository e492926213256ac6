using System.Collections.Frozen;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Asl.Parsing.States;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads one state: what all types share here, the rest in the reader of its type.</summary>
internal static class StateReader
{
    /// <summary>The longest name of a state, in characters (code points).</summary>
    public const int MaxNameLength = 80;

    private static readonly string[] Types = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];

    private static readonly FrozenSet<string> SucceedFields = Known("InputPath", "OutputPath");

    /// <summary>The fields of a state type together with those that every state may have.</summary>
    public static FrozenSet<string> Known(params ReadOnlySpan<string> fields) =>
        FrozenSet.ToFrozenSet(["Type", "Comment", "QueryLanguage", .. fields], StringComparer.Ordinal);

    public static StateDefinition? Read(StateOutline outline, JsonValue source, DiagnosticBag diagnostics)
    {
        CheckName(outline, diagnostics);
        if (ObjectReader.Of(source, outline.At, diagnostics) is not { } state)
        {
            outline.IsUnderstood = false;
            return null;
        }

        var type = ReadType(state);
        if (type is null || QueryLanguageFields.RefuseState(state))
        {
            outline.IsUnderstood = false;
            return null;
        }

        PathWarnings.Check(state);
        var comment = state.Text("Comment");
        StateDefinition? read = type switch
        {
            "Pass" => PassReader.Read(state, outline),
            "Task" => TaskReader.Read(state, outline),
            "Choice" => ChoiceReader.Read(state, outline),
            "Wait" => WaitReader.Read(state, outline),
            "Succeed" => ReadSucceed(state, outline),
            "Fail" => FailReader.Read(state, outline),
            "Parallel" => ParallelReader.Read(state, outline),
            "Map" => MapReader.Read(state, outline),
            _ => throw new System.Diagnostics.UnreachableException($"State type {type}"),
        };
        return read is null ? null : read with { Comment = comment };
    }

    /// <summary>Refuses fields that the state's type does not have, each in AWS's words for its kind.</summary>
    public static void RefuseUnknown(ObjectReader state, FrozenSet<string> known)
    {
        foreach (var (name, _) in state.Source.Properties)
        {
            if (known.Contains(name))
                continue;
            state.Refuse(QueryLanguageFields.IsJsonataOnly(name) ? QueryLanguageFields.OnlyInJsonata(name) : $"Field '{name}' is not supported");
        }
    }

    /// <summary>Refuses Assign, where the language has it, until variables are built.</summary>
    public static void RefuseAssign(ObjectReader owner)
    {
        if (owner.Has("Assign"))
            owner.Diagnostics.NotSupportedYet(owner.At.Field("Assign"), "Assign");
    }

    /// <summary>Next or End, exactly one.</summary>
    public static string? ReadNext(ObjectReader state, StateOutline outline)
    {
        var next = state.Text("Next");
        var end = state.Flag("End");
        if (state.Has("Next") && end is true)
        {
            state.Refuse("There should only be one of the following fields: [Next, End]");
        }
        else if (!state.Has("Next") && end is not true)
        {
            if (end is false || !state.Has("End"))
                state.Refuse("This object should have only one of the following fields: [Next, End]");
            outline.IsUnderstood = false;
        }

        if (next is not null)
            outline.Transitions.Add(new Transition(next, state.At.Field("Next")));
        outline.IsTerminal = end is true;
        return next;
    }

    private static void CheckName(StateOutline outline, DiagnosticBag diagnostics)
    {
        if (!outline.Nesting.Take(outline.Name))
            diagnostics.Add(DiagnosticCodes.DuplicateStateName, $"Duplicate State name: {outline.Name}", outline.At);
        if (outline.Name.Length > MaxNameLength && outline.Name.EnumerateRunes().Count() > MaxNameLength)
        {
            diagnostics.Add(
                DiagnosticCodes.InvalidStateName,
                $"Invalid State name: State '{outline.Name}' exceeds the {MaxNameLength}-character limit allowed by the service",
                outline.At);
        }

        // The journal names states in UTF-8, where half of a surrogate pair has no place.
        if (HasHalfPair(outline.Name))
        {
            diagnostics.Add(
                DiagnosticCodes.InvalidStateName,
                $"Invalid State name: State '{outline.Name}' has half of a surrogate pair",
                outline.At);
        }
    }

    private static bool HasHalfPair(string name)
    {
        if (name.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (i + 1 < name.Length && char.IsSurrogatePair(name[i], name[i + 1]))
                i++;
            else if (char.IsSurrogate(name[i]))
                return true;
        }

        return false;
    }

    private static string? ReadType(ObjectReader state)
    {
        state.Require("Type");
        if (state.Text("Type") is not { } type)
            return null;
        if (Types.AsSpan().Contains(type))
            return type;
        state.Refuse("Type", $"The field 'Type' should have one of these values: [{string.Join(", ", Types)}]");
        return null;
    }

    private static SucceedState ReadSucceed(ObjectReader state, StateOutline outline)
    {
        outline.IsTerminal = true;
        RefuseUnknown(state, SucceedFields);
        return new SucceedState(outline.Name)
        {
            InputPath = PathFields.Document(state, "InputPath"),
            OutputPath = PathFields.Document(state, "OutputPath"),
        };
    }
}
