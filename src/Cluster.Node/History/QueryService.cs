using System.Globalization;
using Cluster.Node.Journal;
using Cluster.Node.StateMachines;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Node.History;

/// <summary>Answers questions from storage. No actor is woken; what was acknowledged before is seen.</summary>
public sealed partial class QueryService(
    IExecutionQueries executions,
    IStateMachineStore machines,
    IActivityStore activities,
    HistoryReader history,
    NodeAddress address,
    TimeProvider time) : IQueryService
{
    /// <inheritdoc/>
    public async ValueTask<AwsResult<GetExecutionHistoryResponse>> GetExecutionHistoryAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellation)
    {
        var arn = request.ExecutionArn;
        if (await FindAsync(arn, cancellation).ConfigureAwait(false) is not { } row)
            return AwsErrors.ExecutionDoesNotExist(arn);
        var query = string.Create(CultureInfo.InvariantCulture, $"history {arn} {request.ReverseOrder}");
        long? from = null;
        if (request.NextToken is { } token)
        {
            if (!PageTokens.TryRead(token, query, Now, out var position)
                || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            {
                return InvalidToken(token);
            }

            from = parsed;
        }

        if (await executions.ReadLastAsync(row.Id, cancellation).ConfigureAwait(false) is not { LastHistoryId: var last })
            return AwsErrors.ExecutionDoesNotExist(arn);
        return request.ReverseOrder
            ? await BackwardAsync(request, row, query, Math.Min(from ?? last, last), cancellation).ConfigureAwait(false)
            : await ForwardAsync(request, row, query, from ?? 1, last, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<ListExecutionsResponse>> ListExecutionsAsync(
        ListExecutionsRequest request, CancellationToken cancellation)
    {
        var arn = request.StateMachineArn;
        if (await machines.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is null)
            return StateMachineCatalog.DoesNotExist(arn);
        var query = $"executions {arn} {request.StatusFilter}";
        ExecutionId? after = null;
        if (request.NextToken is { } token)
        {
            if (!PageTokens.TryRead(token, query, Now, out var position) || !ExecutionId.TryParse(position, out var id))
                return InvalidToken(token);
            after = id;
        }

        var status = request.StatusFilter is { } filter ? StatusNames.Read(filter) : null;
        var rows = await executions.ListAsync(
            arn.Account, arn.Region, arn.Name, status, after, request.MaxResults + 1, cancellation).ConfigureAwait(false);
        var page = rows.Take(request.MaxResults).Select(r => new ExecutionListItem(
            new ExecutionArn(arn.Partition, arn.Region, arn.Account, arn.Name, r.Name), StatusNames.Of(r.Status), r.StartDate, r.StopDate));
        var next = rows.Count > request.MaxResults
            ? PageTokens.Make(query, rows[request.MaxResults - 1].Id.ToString(), Now)
            : null;
        return new ListExecutionsResponse(page.ToList(), next);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static AwsError InvalidToken(string token) => new("InvalidToken", $"Invalid Token: '{token}'");

    private ValueTask<ExecutionRow?> FindAsync(ExecutionArn arn, CancellationToken cancellation) =>
        executions.FindAsync(arn.Account, arn.Region, arn.StateMachine, arn.Name, cancellation);

    private async ValueTask<GetExecutionHistoryResponse> ForwardAsync(
        GetExecutionHistoryRequest request, ExecutionRow row, string query, long first, long end, CancellationToken cancellation)
    {
        var last = Math.Min(end, first + request.MaxResults - 1);
        var events = await history.ReadAsync(row.Id, row.Region, first, last, request.IncludeExecutionData, cancellation)
            .ConfigureAwait(false);
        return new GetExecutionHistoryResponse(events, last < end ? TokenAt(query, last + 1) : null);
    }

    private async ValueTask<GetExecutionHistoryResponse> BackwardAsync(
        GetExecutionHistoryRequest request, ExecutionRow row, string query, long last, CancellationToken cancellation)
    {
        var first = Math.Max(1, last - request.MaxResults + 1);
        var events = await history.ReadAsync(row.Id, row.Region, first, last, request.IncludeExecutionData, cancellation)
            .ConfigureAwait(false);
        return new GetExecutionHistoryResponse(events.Reverse().ToList(), first > 1 ? TokenAt(query, first - 1) : null);
    }

    private string TokenAt(string query, long historyId) =>
        PageTokens.Make(query, historyId.ToString(CultureInfo.InvariantCulture), Now);
}
