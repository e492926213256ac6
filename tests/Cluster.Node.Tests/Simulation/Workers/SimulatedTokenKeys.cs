using Cluster.Node.Tasks.Tokens;
using Cluster.Testing;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>The keys of task tokens in the store that survives, as each life of a node finds them when it begins.</summary>
internal static class SimulatedTokenKeys
{
    /// <summary>How long after the beginning the first key has grown old.</summary>
    private static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(25);

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

        return new TaskTokens(renewed, secrets, time);
    }

    private static TokenKey First(World world, SeededSecrets secrets, TimeProvider time) =>
        TokenKey.Make(1, secrets, time) with { MadeAt = world.Agenda.NowMs - (long)(TokenKey.Life - OldAfter).TotalMilliseconds };
}
