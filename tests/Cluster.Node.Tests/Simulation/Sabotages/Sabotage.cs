using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Letters;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>
/// A fault built into the ports of every node of a world, to prove that the simulation sees it. This one changes nothing.
/// </summary>
internal class Sabotage
{
    internal static readonly Sabotage None = new();

    /// <summary>How often the store starts anew: the chance in a tick. A sabotage that shows only then may have it happen more often.</summary>
    internal virtual double StoreRestarts => 0.003;

    /// <summary>How often a process stands still for longer than its lease: the chance in a tick. As above.</summary>
    internal virtual double LongPauses => 0.003;

    /// <summary>The store as it is behind all lines.</summary>
    internal virtual IExecutionJournal Store(IExecutionJournal store, World world) => store;

    /// <summary>The journal as a node's executions see it.</summary>
    internal virtual IExecutionJournal Journal(IExecutionJournal journal) => journal;

    /// <summary>The register as a node's coordinator sees it.</summary>
    internal virtual IRegisterPort Register(IRegisterPort register, TimeSpan lease) => register;

    /// <summary>What carries letters, as a node's executions see it.</summary>
    internal virtual ILetters Letters(ILetters letters) => letters;

    /// <summary>The start of a child, as it is sent.</summary>
    internal virtual StartExecutionRequest Start(StartExecutionRequest request) => request;

    /// <summary>What the execution of a token is told.</summary>
    internal virtual ExecutionCommand.EndTask Said(ExecutionCommand.EndTask end, ExecutionId execution, World world) => end;
}
