using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Node.StateMachines;

/// <summary>Creates and deletes activities; the order of changes is the store's.</summary>
public sealed class ActivityCatalog(IActivityStore store, ActivityHeads heads, NodeAddress address, TimeProvider time) : IActivityCatalog
{
    /// <summary>The most activities of an account and region, as at AWS.</summary>
    public const int MostActivities = 10_000;

    /// <inheritdoc/>
    public async ValueTask<AwsResult<CreateActivityResponse>> CreateActivityAsync(
        CreateActivityRequest request, CancellationToken cancellation)
    {
        var arn = new ActivityArn(address.Partition, address.Region, address.Account, request.Name);
        if (request.CustomerKey is not null)
        {
            return await store.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is null
                ? AwsErrors.NotSupportedYet("Encryption with CUSTOMER_MANAGED_KMS_KEY")
                : AwsErrors.ActivityAlreadyExists(arn);
        }

        var activity = new ActivityRow
        {
            Account = address.Account,
            Region = address.Region,
            Name = request.Name,
            CreationDate = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var creation = await store.CreateAsync(activity, TagSet.Of(request.Tags).ToString(), MostActivities, cancellation)
            .ConfigureAwait(false);
        if (!creation.IsFull)
            heads.Changed(arn.Account, arn.Region, arn.Name, exists: true);
        if (creation.IsFull)
            return AwsErrors.ActivityLimitExceeded();
        if (creation.Existing?.CustomerKey is not null)
            return AwsErrors.ActivityAlreadyExists(arn);
        return new CreateActivityResponse(arn, (creation.Existing ?? activity).CreationDate);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<DeleteActivityResponse>> DeleteActivityAsync(
        DeleteActivityRequest request, CancellationToken cancellation)
    {
        var arn = request.ActivityArn;
        await store.DeleteAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false);
        heads.Changed(arn.Account, arn.Region, arn.Name, exists: false);
        return new DeleteActivityResponse();
    }
}
