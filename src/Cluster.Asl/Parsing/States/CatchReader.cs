using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class CatchReader
{
    private static readonly FrozenSet<string> Fields = FrozenSet.ToFrozenSet(
        ["ErrorEquals", "Next", "ResultPath", "Assign", "Comment"], StringComparer.Ordinal);

    public static ImmutableArray<Catcher> Read(ObjectReader state, StateOutline outline)
    {
        if (ErrorHandlerFields.Items(state, "Catch") is not { } handlers)
            return [];
        return [.. handlers.Select((catcher, i) => Read(catcher, outline, isLast: i == handlers.Count - 1))];
    }

    private static Catcher Read(ObjectReader catcher, StateOutline outline, bool isLast)
    {
        catcher.Require("ErrorEquals", "Next");
        StateReader.RefuseUnknown(catcher, Fields);
        StateReader.RefuseAssign(catcher);
        catcher.Text("Comment");
        var next = catcher.Text("Next");
        if (next is null)
            outline.IsUnderstood = false;
        else
            outline.Transitions.Add(new Transition(next, catcher.At.Field("Next")));
        return new Catcher(ErrorHandlerFields.ErrorEquals(catcher, isLast), next ?? "", PathFields.Result(catcher));
    }
}
