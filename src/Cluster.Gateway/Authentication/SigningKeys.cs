namespace Cluster.Gateway.Authentication;

/// <summary>
/// The signing keys of one access key, for one region and service. At any time at most two days are accepted, today and a neighbour
/// within the clocks' tolerance; even and odd days have a place each, so that no more than two are ever kept.
/// </summary>
internal sealed class SigningKeys(AccessKey key, string region, string service)
{
    private const int Days = 2;

    private readonly Kept?[] _kept = new Kept?[Days];

    /// <summary>The access key's id.</summary>
    public string Id => key.Id;

    /// <summary>The key that signs for a day.</summary>
    /// <param name="day">The day, in UTC; only one that the clock has allowed.</param>
    public byte[] For(DateOnly day)
    {
        ref var place = ref _kept[day.DayNumber % Days];
        var kept = Volatile.Read(ref place);
        if (kept is null || kept.Day != day)
        {
            kept = new Kept(day, Signature.KeyFor(key.Secret, SignatureTime.DayText(day), region, service));
            Volatile.Write(ref place, kept);
        }

        return kept.Key;
    }

    private sealed record Kept(DateOnly Day, byte[] Key);
}
