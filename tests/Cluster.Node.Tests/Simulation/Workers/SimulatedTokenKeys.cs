using Cluster.Node.Tasks.Tokens;
using Cluster.Testing;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>
/// The keys of task tokens in the store that survives, as each life of a node finds them when it begins, and when it meets one that it does
/// not know.
/// </summary>
internal sealed class SimulatedTokenKeys : ITokenKeySource
{
    /// <summary>How long after the beginning the first key has grown old.</summary>
    private static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(25);

    private readonly World _world;

    private SimulatedTokenKeys(World world) => _world = world;

    /// <summary>The tokens of one life; renews keys that are old, as every node does.</summary>
    internal static TaskTokens Open(World world, TimeProvider time, int secret)
    {
        var secrets = new SeededSecrets(secret);
        var kept = World.Now(world.Store.ReadTokenKeysAsync(CancellationToken.None));
        IReadOnlyList<TokenKey> keys = kept is null ? [First(world, secrets, time)] : TokenKey.Read(kept);
        var renewed = TokenKey.Renewed(keys, secrets, time);
        if (kept is null || !ReferenceEquals(keys, renewed))
        {
            if (!World.Now(world.Store.TryChangeTokenKeysAsync(kept, TokenKey.Write(renewed), CancellationToken.None)))
                world.Invariants.Violated("the keys of task tokens have changed while nobody else was there");
            if (kept is not null)
                world.Faults.Passed(Landmark.TokenKeyRenewed);
        }

        return new TaskTokens(renewed, secrets, time, new SimulatedTokenKeys(world));
    }

    public ValueTask<IReadOnlyList<TokenKey>?> LookAgainAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<TokenKey>?>(TokenKey.Read(World.Now(_world.Store.ReadTokenKeysAsync(cancellation))!));

    private static TokenKey First(World world, SeededSecrets secrets, TimeProvider time) =>
        TokenKey.Make(1, secrets, time) with { MadeAt = world.Agenda.NowMs - (long)(TokenKey.Life - OldAfter).TotalMilliseconds };
}
