using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A node takes its renewal for later than it was: it trusts its lease beyond its end.</summary>
internal sealed class LeaseMarginNegative : Sabotage
{
    internal override IRegisterPort Register(IRegisterPort register, TimeSpan lease) => new LaterRenewals(register, by: lease);
}
