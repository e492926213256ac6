using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>
/// A fault built into the ports of every node of a world, to prove that the simulation sees it. This one changes nothing.
/// </summary>
internal class Sabotage
{
    internal static readonly Sabotage None = new();

    /// <summary>The store as it is behind all lines.</summary>
    internal virtual IExecutionJournal Store(IExecutionJournal store, World world) => store;

    /// <summary>The journal as a node's executions see it.</summary>
    internal virtual IExecutionJournal Journal(IExecutionJournal journal) => journal;

    /// <summary>The register as a node's coordinator sees it.</summary>
    internal virtual IRegisterPort Register(IRegisterPort register, TimeSpan lease) => register;
}
