namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>Tasks by chance that start executions of other machines, with and without waiting for their end.</summary>
/// <param name="random">Chance.</param>
/// <param name="children">The machines that may be started.</param>
internal sealed class NestedCalls(SimulationRandom random, IReadOnlyList<string> children)
{
    private const int Sleepers = 2;
    private const int Parents = 4;
    private const int Grandparents = 2;

    /// <summary>The machines with others whose executions start executions of them: of those that are given, of such as wait long, and of parents.</summary>
    internal static List<SimulatedMachine> WithParents(IReadOnlyList<SimulatedMachine> plain, SimulationRandom random)
    {
        var machines = plain.ToList();
        for (var i = 0; i < Sleepers; i++)
            machines.Add(SimulatedMachine.Parse($"sleeper-{i}", Sleeper(random)));
        foreach (var (generation, count) in new[] { ("parent", Parents), ("grandparent", Grandparents) })
        {
            var nested = new NestedCalls(random, [.. machines.Select(machine => machine.Name)]);
            var generator = new MachineGenerator(random.Fork(), nested);
            for (var i = 0; i < count; i++)
                machines.Add(SimulatedMachine.Parse($"{generation}-{i}", generator.Next()));
        }

        return machines;
    }

    /// <summary>The members of a Task that say what it calls.</summary>
    internal string Next()
    {
        var pattern = random.Of("", ".sync", ".sync", ".sync:2", ".sync:2");
        var timeout = random.Chance(0.3) ? $"\"TimeoutSeconds\":{random.Between(3, 25)}," : "";
        var input = random.Chance(0.5) ? "\"Input.$\":\"$$.Execution.Input\"" : $$"""" "Input":{"n":{{random.Below(10)}},"w":{{random.Below(8)}},"items":[1,2],"few":[1]}"""";

        // A name of its own is the same for all attempts and iterations of a state: they meet what the others have started.
        var name = random.Chance(0.15) ? "\"Name.$\":\"States.Format('{}-{}', $$.Execution.Name, $$.State.Name)\"," : "";

        // The header is kept with the child, and tells apart those that have no token.
        return timeout + $$"""
             "Resource":"arn:aws:states:::states:startExecution{{pattern}}","Parameters":{"StateMachineArn":"{{Child()}}",{{name}}{{input}},"TraceHeader.$":"States.Format('{} {}', $$.Execution.Name, $$.State.Name)"},"ResultPath":"$.child",
            """;
    }

    /// <summary>Most of them have something to do, or to wait for, while their parents are stopped.</summary>
    private string Child()
    {
        var name = random.Chance(0.35) ? $"sleeper-{random.Below(Sleepers)}" : children[random.Below(children.Count)];
        return $"arn:aws:states:{Workload.Region}:{Workload.Account}:stateMachine:{name}";
    }

    private static string Sleeper(SimulationRandom random) =>
        $$$"""{"StartAt":"Z","States":{"Z":{"Type":"Wait","Seconds":{{{random.Between(20, 75)}}},"Next":"P"},"P":{"Type":"Pass","ResultPath":"$.slept","End":true} } }""";
}
