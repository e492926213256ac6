using Cluster.Node.Executions.Letters;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.StepFunctions;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Transport;
using Cluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>What one life of a node has for executions that start executions: the product's own letters and starts, over the simulated lines.</summary>
internal sealed class NestedParts
{
    private readonly World _world;
    private readonly NodeLife _life;
    private readonly SimulationRandom _random;
    private readonly StartExecutionRunner _starts;
    private readonly SdkActionRunner _actions;

    internal NestedParts(World world, NodeLife life, SimulatedNode node, Lease lease, TaskTokens tokens, TimeProvider time, SimulationRandom random)
    {
        _world = world;
        _life = life;
        _random = random;
        Post = new SimulatedPost(world, life, node);
        var router = new SimulatedRouter(world, life, lease, tokens, Post);
        Letters = world.Sabotage.Letters(new ExecutionLetters(NullLogger<ExecutionLetters>.Instance) { Router = router });
        var secrets = new SeededSecrets(random.Below(int.MaxValue));
        _actions = new SdkActionRunner(secrets, time, NullLogger<SdkActionRunner>.Instance);
        _starts = new StartExecutionRunner(secrets, time, NullLogger<StartExecutionRunner>.Instance) { Router = router };
    }

    internal SimulatedPost Post { get; }

    internal ILetters Letters { get; }

    /// <summary>Makes all calls.</summary>
    /// <param name="functions">Makes those of functions.</param>
    internal ITaskRunner Runner(ITaskRunner functions) => new SimulatedStarts(_world, _life, new IntegrationRunner(_starts, _actions, functions), _random);
}
