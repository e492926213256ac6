using Cluster.Gateway.Authentication;

namespace Cluster.Gateway.Tests.Authentication;

/// <summary>A Gateway with keys, whose clock stands at the time for which requests are signed.</summary>
internal static class SignedDoor
{
    public static Task<Door> OpenAsync(TimeProvider? time = null, Action<Hosting.GatewayOptions>? change = null) => Door.OpenAsync(
        options =>
        {
            options.Keys.Add(new AccessKey(RawRequest.Signer.KeyId, RawRequest.Signer.Secret));
            options.Keys.Add(new AccessKey("OTHERKEY", "another secret of its own"));
            change?.Invoke(options);
        },
        time: time ?? new StillClock(RawRequest.Noon));
}
