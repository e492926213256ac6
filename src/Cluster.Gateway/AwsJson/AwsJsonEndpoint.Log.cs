using Microsoft.Extensions.Logging;

namespace Cluster.Gateway.AwsJson;

internal sealed partial class AwsJsonEndpoint
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Operation} failed unexpectedly; request {RequestId}")]
    private partial void LogUnexpected(Exception exception, string operation, string requestId);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "{Operation} could not be done now; request {RequestId}")]
    private partial void LogUnavailable(Exception exception, string operation, string requestId);
}
