namespace Cluster.Node.StateMachines;

/// <summary>A state machine as it is stored. Its definition's text is stored once per content hash.</summary>
public sealed record StateMachineRow
{
    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>STANDARD or EXPRESS; immutable.</summary>
    public required string Type { get; init; }

    /// <summary>The role of new executions.</summary>
    public required string RoleArn { get; init; }

    /// <summary>SHA-256 of the definition's text.</summary>
    public required ReadOnlyMemory<byte> DefinitionHash { get; init; }

    /// <summary>When it was created, in Unix milliseconds.</summary>
    public required long CreationDate { get; init; }

    /// <summary>When it was last updated, in Unix milliseconds; its creation date before the first update.</summary>
    public required long UpdateDate { get; init; }

    /// <summary>The revision, a UUID; null before the first update.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The logging configuration as JSON text, or null for OFF.</summary>
    public string? LoggingConfiguration { get; init; }

    /// <summary>Whether X-Ray tracing is on.</summary>
    public bool Tracing { get; init; }

    /// <summary>
    /// The version of this row, given by the store: 1 at creation, one more with each update. An update names the one that it read, so
    /// that two updates never overwrite each other.
    /// </summary>
    public long Version { get; init; }
}

/// <summary>
/// State machines and definitions. Every write is durable when its task completes; a store that cannot write now throws
/// <see cref="Database.StoreUnavailableException"/> and has written nothing.
/// </summary>
public interface IStateMachineStore : ITaggedStore
{
    /// <summary>Creates a machine with its tags, or gives the one that has the name already (then nothing is written).</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="definition">The text of its definition.</param>
    /// <param name="tags">The text of its tags.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<StateMachineRow?> CreateAsync(StateMachineRow machine, string definition, string tags, CancellationToken cancellation);

    /// <summary>Replaces a machine whose stored version is <paramref name="expectedVersion"/>; false when it is another or gone. Its tags stay.</summary>
    ValueTask<bool> UpdateAsync(StateMachineRow machine, string? definition, long expectedVersion, CancellationToken cancellation);

    /// <summary>Deletes a machine; false when there is none. Its definitions stay, for executions may refer to them.</summary>
    ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation);

    /// <summary>A machine, or null.</summary>
    ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation);

    /// <summary>A page of machines in the order of their names.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">The region.</param>
    /// <param name="after">The last name of the page before, or null.</param>
    /// <param name="limit">The most rows to give.</param>
    /// <param name="cancellation">Ends the read.</param>
    ValueTask<IReadOnlyList<StateMachineRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation);

    /// <summary>The text of a definition, or null when the store has none of this hash.</summary>
    ValueTask<string?> ReadDefinitionAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation);
}
