using Cluster.Asl.Interpreter;
using Cluster.Node.Tests.Executions;

namespace Cluster.Node.Tests.Golden;

/// <summary>Golden journals of Parallel and Map: each event type of theirs, each way to end, and some that stand in the middle.</summary>
public static class BranchScripts
{
    private const string Items = "{\"items\":[1,\"two\",[3],{\"four\":4},null]}";
    private const string Members = "{ \"members\" : {\"x\":[1,2],\"y\":[],\"z\":[\"é\"]} }";

    public static IReadOnlyDictionary<string, Func<GoldenJournal>> All { get; } = new SortedDictionary<string, Func<GoldenJournal>>(StringComparer.Ordinal)
    {
        ["parallel"] = () => Parallel().Completes("\"right\"", 1).Completes("\"left\"").Journal(),
        ["parallel-caught"] = () => Parallel().Fails("Broken", "it is broken").Journal(),
        ["parallel-retried"] = () => Parallel().Completes("1").Fails("Again", null).After(3).Completes("2", 1).Completes("3").Journal(),
        ["parallel-branch-backs-off"] = () => Parallel().Fails("Busy", "later", 1).Journal(),
        ["parallel-stopped"] = () => Parallel().Completes("1").Does(new ExecutionCommand.Stop("Halt", "by hand")).Journal(),
        ["map-lanes"] = () => Lanes().Completes("1", 1).After(2).Completes("2").Completes("3").After(2).Completes("4").After(2)
            .Completes("5").After(2).Journal(),
        ["map-in-the-middle"] = () => Lanes().Completes("1", 1).After(2).Completes("2").Journal(),
        ["map-failed"] = () => Lanes().Completes("1", 1).Fails("Broken", "it is broken").Journal(),
        ["map-retried"] = () => Lanes().Completes("1", 1).Fails("Again", null).After(3).Journal(),
        ["nested"] = () => Nested().Completes("1", 1).Completes("2").Completes("3").Completes("4", 1).Completes("5").Completes("6").Journal(),
        ["nested-in-the-middle"] = () => Nested().Completes("1", 1).Completes("2").Journal(),
        ["nested-failed"] = () => Nested().Completes("1", 1).Fails("Broken", "deep down", 1).Journal(),
    };

    private static GoldenScript Parallel() => new(BranchMachines.Parallel, "{\"a\":1}");

    private static GoldenScript Lanes() => new(BranchMachines.Lanes, Items);

    private static GoldenScript Nested() => new(BranchMachines.Nested, Members);
}
