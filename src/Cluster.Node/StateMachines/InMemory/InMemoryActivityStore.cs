namespace Cluster.Node.StateMachines.InMemory;

/// <summary>Activities in memory. Every call is done when it returns.</summary>
public sealed class InMemoryActivityStore : IActivityStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Account, string Region), SortedDictionary<string, Entry>> _activities = [];

    /// <inheritdoc/>
    public ValueTask<ActivityCreation> CreateAsync(ActivityRow activity, string tags, int most, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(activity.Account, activity.Region, activity.Name) is { } existing)
                return ValueTask.FromResult(new ActivityCreation(existing.Row, IsFull: false));
            var key = (activity.Account, activity.Region);
            if (!_activities.TryGetValue(key, out var activities))
                _activities.Add(key, activities = new(Comparer<string>.Create(InMemoryStateMachineStore.CompareUtf8)));
            if (activities.Count >= most)
                return ValueTask.FromResult(new ActivityCreation(Existing: null, IsFull: true));
            activities.Add(activity.Name, new Entry(activity, tags));
            return ValueTask.FromResult(default(ActivityCreation));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(_activities.TryGetValue((account, region), out var activities) && activities.Remove(name));
    }

    /// <inheritdoc/>
    public ValueTask<ActivityRow?> FindAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(Find(account, region, name)?.Row);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ActivityRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_activities.TryGetValue((account, region), out var activities))
                return ValueTask.FromResult<IReadOnlyList<ActivityRow>>([]);
            return ValueTask.FromResult<IReadOnlyList<ActivityRow>>(
            [
                .. activities.Values.Select(entry => entry.Row)
                    .SkipWhile(row => after is not null && InMemoryStateMachineStore.CompareUtf8(row.Name, after) <= 0)
                    .Take(limit),
            ]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(Find(account, region, name)?.Tags);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(account, region, name) is not { } entry || !string.Equals(entry.Tags, expected, StringComparison.Ordinal))
                return ValueTask.FromResult(false);
            _activities[(account, region)][name] = entry with { Tags = tags };
            return ValueTask.FromResult(true);
        }
    }

    private Entry? Find(string account, string region, string name) =>
        _activities.TryGetValue((account, region), out var activities) ? activities.GetValueOrDefault(name) : null;

    private sealed record Entry(ActivityRow Row, string Tags);
}
