using System.Collections.Concurrent;
using Cluster.Node.Database;
using Cluster.Node.Executions.Activities;

namespace Cluster.Node.StateMachines;

/// <summary>
/// Which activities there are, as decisions need it, which do not wait: known before a machine that names one is run, and read anew behind
/// whoever asks after a second. Changes made by this process are seen at once.
/// </summary>
public sealed class ActivityHeads(IActivityStore store, TimeProvider time) : IActivityDirectory
{
    /// <summary>How long what was read is not read anew.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Activities kept at most; beyond it the cache starts over.</summary>
    public const int MostHeads = 10_000;

    private readonly ConcurrentDictionary<ActivityName, Head> _heads = new();

    /// <inheritdoc/>
    public bool Has(string arn)
    {
        var key = ActivityName.Of(arn);
        if (!_heads.TryGetValue(key, out var head))
        {
            // It was asked for before its machine ran, and has been pushed out since.
            _ = LookAsync(key);
            return true;
        }

        if (time.GetElapsedTime(head.ReadAt) >= Lifetime && Interlocked.Exchange(ref head.IsRead, 1) == 0)
            _ = LookAsync(key);
        return head.Exists;
    }

    /// <summary>Whether there is an activity, as of at most a second ago.</summary>
    public ValueTask<bool> HasAsync(string account, string region, string name, CancellationToken cancellation)
    {
        var key = new ActivityName(account, region, name);
        return _heads.TryGetValue(key, out var head) && time.GetElapsedTime(head.ReadAt) < Lifetime
            ? ValueTask.FromResult(head.Exists)
            : ReadAsync(key, cancellation);
    }

    /// <summary>Reads what is not known yet of the activities that a machine names.</summary>
    public async ValueTask PrepareAsync(IReadOnlyList<string> arns, CancellationToken cancellation)
    {
        foreach (var arn in arns)
        {
            var key = ActivityName.Of(arn);
            if (!_heads.ContainsKey(key))
                await ReadAsync(key, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>An activity was made or deleted.</summary>
    public void Changed(string account, string region, string name, bool exists) =>
        Keep(new ActivityName(account, region, name), exists, time.GetTimestamp());

    private async Task LookAsync(ActivityName key)
    {
        try
        {
            await ReadAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // What was known stays so, and the next who asks looks again.
            if (_heads.TryGetValue(key, out var head))
                Volatile.Write(ref head.IsRead, 0);
        }
    }

    private async ValueTask<bool> ReadAsync(ActivityName key, CancellationToken cancellation)
    {
        var readAt = time.GetTimestamp();
        var exists = await store.FindAsync(key.Account, key.Region, key.Name, cancellation).ConfigureAwait(false) is not null;
        Keep(key, exists, readAt);
        return exists;
    }

    private void Keep(ActivityName key, bool exists, long readAt)
    {
        if (_heads.Count >= MostHeads)
            _heads.Clear();
        _heads[key] = new Head(exists, readAt);
    }

    private sealed class Head(bool exists, long readAt)
    {
        /// <summary>1 while somebody reads it anew.</summary>
        public int IsRead;

        public bool Exists { get; } = exists;

        public long ReadAt { get; } = readAt;
    }
}
