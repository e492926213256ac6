using System.Globalization;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>The name of a child is another each time its start is sent.</summary>
internal sealed class ChildNamesByChance : Sabotage
{
    private int _names;

    internal override StartExecutionRequest Start(StartExecutionRequest request) =>
        request with { Name = string.Create(CultureInfo.InvariantCulture, $"{request.Name}-{++_names}") };
}
