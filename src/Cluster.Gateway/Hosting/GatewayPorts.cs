using Cluster.Protocol.Identity;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Hosting;

/// <summary>All that the Gateway asks of the world.</summary>
/// <param name="Router">Takes commands to executions.</param>
/// <param name="Queries">Answers questions.</param>
/// <param name="Catalog">Changes machines.</param>
/// <param name="Activities">Changes activities.</param>
/// <param name="Tags">Changes tags.</param>
/// <param name="Secrets">Chance for request ids and for the names of executions that the caller did not name.</param>
/// <param name="Time">Measures how long answers take.</param>
public sealed record GatewayPorts(
    IExecutionRouter Router,
    IQueryService Queries,
    IStateMachineCatalog Catalog,
    IActivityCatalog Activities,
    ITagCatalog Tags,
    ISecretSource Secrets,
    TimeProvider Time);
