using Cluster.Node.StateMachines;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Node.History;

/// <content>Activities, tags, versions and aliases.</content>
public sealed partial class QueryService
{
    /// <inheritdoc/>
    public async ValueTask<AwsResult<DescribeActivityResponse>> DescribeActivityAsync(
        DescribeActivityRequest request, CancellationToken cancellation)
    {
        var arn = request.ActivityArn;
        return await activities.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is { } row
            ? new DescribeActivityResponse(arn, row.CreationDate)
            : AwsErrors.ActivityDoesNotExist(arn);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<ListActivitiesResponse>> ListActivitiesAsync(
        ListActivitiesRequest request, CancellationToken cancellation)
    {
        const string query = "activities";
        string? after = null;
        if (request.NextToken is { } token)
        {
            if (!PageTokens.TryRead(token, query, Now, out var position))
                return InvalidToken(token);
            after = position;
        }

        var rows = await activities.ListAsync(address.Account, address.Region, after, request.MaxResults + 1, cancellation)
            .ConfigureAwait(false);
        var page = rows.Take(request.MaxResults).Select(r => new ActivityListItem(
            new ActivityArn(address.Partition, r.Region, r.Account, r.Name), r.CreationDate));
        var next = rows.Count > request.MaxResults ? PageTokens.Make(query, rows[request.MaxResults - 1].Name, Now) : null;
        return new ListActivitiesResponse(page.ToList(), next);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<ListTagsForResourceResponse>> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellation)
    {
        var arn = request.ResourceArn;
        ITaggedStore store = arn.Kind == TaggedKind.Activity ? activities : machines;
        return await store.ReadTagsAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is { } tags
            ? new ListTagsForResourceResponse(TagSet.Read(tags).Tags)
            : AwsErrors.ResourceNotFound(arn.Text);
    }

    /// <inheritdoc/>
    public ValueTask<AwsResult<ListStateMachineVersionsResponse>> ListStateMachineVersionsAsync(
        ListStateMachineVersionsRequest request, CancellationToken cancellation)
    {
        // AWS names no error for a machine that is not there.
        AwsResult<ListStateMachineVersionsResponse> answer = request.NextToken is { } token
            ? InvalidToken(token)
            : new ListStateMachineVersionsResponse();
        return ValueTask.FromResult(answer);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<ListStateMachineAliasesResponse>> ListStateMachineAliasesAsync(
        ListStateMachineAliasesRequest request, CancellationToken cancellation)
    {
        if (request.NextToken is { } token)
            return InvalidToken(token);
        var arn = request.StateMachineArn;
        return await machines.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is null
            ? StateMachineCatalog.DoesNotExist(arn)
            : new ListStateMachineAliasesResponse();
    }
}
