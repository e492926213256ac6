using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Clients;

/// <summary>An activity for which as many workers poll as may, for the time of one long poll.</summary>
internal sealed class CrowdedActivity : IAsyncDisposable
{
    private const int Places = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(65);
    private static readonly TimeSpan FullWithin = TimeSpan.FromSeconds(20);

    private readonly ApiClient _workers;
    private readonly List<Task<ApiAnswer>> _polls;

    private CrowdedActivity(string arn, ApiClient workers, List<Task<ApiAnswer>> polls)
    {
        Arn = arn;
        _workers = workers;
        _polls = polls;
    }

    /// <summary>The activity.</summary>
    public string Arn { get; }

    /// <summary>Sends one poll more than there are places: the one that is refused shows that all others have one.</summary>
    public static async Task<CrowdedActivity> FillAsync(Uri server, RequestSigner signer, string name)
    {
        var workers = new ApiClient(server, Poll, signer, Places + 1);
        try
        {
            var activity = (string)(await workers.CallAsync("CreateActivity", new { name = "crowd-of-" + name })).Ok["activityArn"]!;
            var polls = Enumerable.Range(0, Places + 1).Select(_ => workers.CallAsync("GetActivityTask", new { activityArn = activity })).ToList();
            var refused = await Task.WhenAny(polls).WaitAsync(FullWithin);
            Assert.Equal("ActivityWorkerLimitExceeded", (await refused).Error);
            polls.Remove(refused);
            return new CrowdedActivity(activity, workers, polls);
        }
        catch
        {
            workers.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _workers.Dispose();
        // All that were still out are cancelled by now; how is of no interest.
        await Task.WhenAll(_polls.Select(poll => poll.ContinueWith(static ended => ended.Exception, TaskScheduler.Default)));
    }
}
