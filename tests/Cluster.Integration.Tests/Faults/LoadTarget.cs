using Cluster.Testing;

namespace Cluster.Integration.Tests.Faults;

/// <summary>Whom callers ask.</summary>
/// <param name="Name">Its name in the figures.</param>
/// <param name="Endpoint">Its address, as other nodes name it.</param>
/// <param name="Api">How it is asked.</param>
internal sealed record LoadTarget(string Name, Uri Endpoint, ApiClient Api);
