using Cluster.Asl.Interpreter;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A child's end is taken for that of whichever attempt waits when it comes: one that is told twice ends the next one, too.</summary>
internal sealed class LettersForWhoeverWaits : Sabotage
{
    internal override ExecutionCommand.EndTask Said(ExecutionCommand.EndTask end, ExecutionId execution, World world) =>
        world.Invariants.Model(execution)?.Fold.Find(end.Scope) is { Token: { } token } scope
            ? end with { Visit = scope.Visit, Attempt = scope.Attempt, Token = token }
            : end;
}
