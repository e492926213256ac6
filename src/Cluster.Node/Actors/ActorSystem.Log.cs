using Microsoft.Extensions.Logging;

namespace Cluster.Node.Actors;

public sealed partial class ActorSystem
{
    [LoggerMessage(EventId = 1001, EventName = "ActorFailed", Level = LogLevel.Error, Message = "Actor {Actor} failed and was ended")]
    private static partial void LogFailure(ILogger log, Exception failure, string actor);
}
