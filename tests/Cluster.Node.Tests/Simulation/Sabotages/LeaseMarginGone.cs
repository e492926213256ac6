using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A node trusts its lease to its end by its own clock, which may go more slowly than the store's.</summary>
internal sealed class LeaseMarginGone : Sabotage
{
    internal override double LongPauses => 0.012;

    internal override IRegisterPort Register(IRegisterPort register, TimeSpan lease) => new LaterRenewals(register, World.Settings.Margin);
}
