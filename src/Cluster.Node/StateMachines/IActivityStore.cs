namespace Cluster.Node.StateMachines;

/// <summary>An activity as it is stored.</summary>
public sealed record ActivityRow
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created, in Unix milliseconds.</summary>
    public required long CreationDate { get; init; }

    /// <summary>The encryption with a key of the customer as canonical JSON text, or null for the key of the service; immutable.</summary>
    public string? CustomerKey { get; init; }
}

/// <summary>What creating an activity came to: it was created when there is no existing one and there was room.</summary>
/// <param name="Existing">The activity that has the name already; then nothing was written.</param>
/// <param name="IsFull">Whether the account has as many activities in the region as it may; then nothing was written.</param>
public readonly record struct ActivityCreation(ActivityRow? Existing, bool IsFull);

/// <summary>
/// Activities. Every write is durable when its task completes; a store that cannot write now throws
/// <see cref="Database.StoreUnavailableException"/> and has written nothing.
/// </summary>
public interface IActivityStore : ITaggedStore
{
    /// <summary>Creates an activity with its tags, or tells why not. A name that is there already is told before a full account.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="tags">The text of its tags.</param>
    /// <param name="most">The most activities of an account and region. Creations at the same moment on several nodes may pass it by one each.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ActivityCreation> CreateAsync(ActivityRow activity, string tags, int most, CancellationToken cancellation);

    /// <summary>Deletes an activity; false when there is none.</summary>
    ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation);

    /// <summary>An activity, or null.</summary>
    ValueTask<ActivityRow?> FindAsync(string account, string region, string name, CancellationToken cancellation);

    /// <summary>A page of activities in the order of their names.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">The region.</param>
    /// <param name="after">The last name of the page before, or null.</param>
    /// <param name="limit">The most rows to give.</param>
    /// <param name="cancellation">Ends the read.</param>
    ValueTask<IReadOnlyList<ActivityRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation);
}
