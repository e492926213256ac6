using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Protocol.Ports;

/// <summary>Changes activities. Any node may carry a change out: the store orders them.</summary>
public interface IActivityCatalog
{
    /// <summary>Creates an activity; the same name again is answered as the first time, whatever the tags.</summary>
    ValueTask<AwsResult<CreateActivityResponse>> CreateActivityAsync(CreateActivityRequest request, CancellationToken cancellation);

    /// <summary>Deletes an activity; an unknown one succeeds too.</summary>
    ValueTask<AwsResult<DeleteActivityResponse>> DeleteActivityAsync(DeleteActivityRequest request, CancellationToken cancellation);
}
