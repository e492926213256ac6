using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>What one node asks of whichever node holds a shard, for one of its executions: a start or a letter.</summary>
/// <param name="About">The execution that it is for: its id, or the name under which it is to start.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What the region gets.</param>
/// <param name="Lost">What it is called when it is lost on its way between two nodes.</param>
/// <param name="Twice">What it is called when it comes twice.</param>
internal sealed record NodeMail(string About, int Shard, object Message, FaultKind Lost, FaultKind Twice)
{
    internal static NodeMail Letter(ExecutionId to, int shard, ExecutionCommand command) =>
        new(to.ToString(), shard, new ToEntity(to, new RunCommand(command)), FaultKind.LetterLost, FaultKind.LetterTwice);

    internal static NodeMail Start(string name, int shard, StartEntity start) =>
        new(name, shard, start, FaultKind.ChildStartLost, FaultKind.ChildStartTwice);
}
