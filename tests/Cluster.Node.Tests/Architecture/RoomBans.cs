namespace Cluster.Node.Tests.Architecture;

/// <summary>
/// What the deciding rooms must not touch, so that a whole cluster runs in one thread from one seed: threads, clocks, chance, hashes
/// that differ between processes, awaiting, and walking through collections whose order means nothing.
/// </summary>
internal static class RoomBans
{
    public static readonly string[] DecidingRooms = ["Actors", "Executions", "Sharding", "Timers", "Express"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["System.Threading.ThreadPool"] = "dispatch goes through IDispatcher",
        ["System.Threading.Thread"] = "dispatch goes through IDispatcher",
        ["System.Threading.Timer"] = "time goes through the Timers room",
        ["System.Threading.PeriodicTimer"] = "time goes through the Timers room",
        ["System.Timers.Timer"] = "time goes through the Timers room",
        ["System.Threading.SemaphoreSlim"] = "actors never wait",
        ["System.Threading.ManualResetEventSlim"] = "actors never wait",
        ["System.Threading.ManualResetEvent"] = "actors never wait",
        ["System.Threading.AutoResetEvent"] = "actors never wait",
        ["System.Diagnostics.Stopwatch"] = "time comes from TimeProvider",
        ["System.Security.Cryptography.RandomNumberGenerator"] = "secrets come from ISecretSource",
        ["System.HashCode"] = "its seed differs between processes",
        ["System.Runtime.CompilerServices.AsyncTaskMethodBuilder"] = "actors never await",
        ["System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1"] = "actors never await",
        ["System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder"] = "actors never await",
        ["System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder`1"] = "actors never await",
        ["System.Runtime.CompilerServices.AsyncVoidMethodBuilder"] = "actors never await",
        ["System.Runtime.CompilerServices.AsyncIteratorMethodBuilder"] = "actors never await",
    };

    private static readonly Dictionary<Use, string> Members = new()
    {
        [new("System.Threading.Tasks.Task", "Run")] = "dispatch goes through IDispatcher",
        [new("System.Threading.Tasks.Task", "Delay")] = "waiting is an event and a timer",
        [new("System.Threading.Tasks.Task", "Wait")] = "actors never wait",
        [new("System.Threading.Tasks.Task", "ContinueWith")] = "a port answers by a message",
        [new("System.Threading.Tasks.Task`1", "ContinueWith")] = "a port answers by a message",
        [new("System.Threading.Tasks.TaskFactory", "StartNew")] = "dispatch goes through IDispatcher",
        [new("System.Environment", "get_TickCount")] = "time comes from TimeProvider",
        [new("System.Environment", "get_TickCount64")] = "time comes from TimeProvider",
        [new("System.TimeProvider", "get_System")] = "the clock is given",
        [new("System.String", "GetHashCode")] = "its seed differs between processes",
        [new("System.StringComparer", "GetHashCode")] = "its seed differs between processes",
        [new("System.DateTime", "get_Now")] = "time comes from TimeProvider",
        [new("System.DateTime", "get_UtcNow")] = "time comes from TimeProvider",
        [new("System.DateTimeOffset", "get_UtcNow")] = "time comes from TimeProvider",
        [new("System.DateTimeOffset", "get_Now")] = "time comes from TimeProvider",
        [new("System.Guid", "NewGuid")] = "ids are minted from ISecretSource or a seed",
        [new("System.Random", "get_Shared")] = "chance comes from a seeded source",
        [new("System.Random", ".ctor")] = "chance comes from a seeded source",
    };

    private static readonly string[] Unordered =
    [
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1",
        "System.Collections.Concurrent.ConcurrentDictionary`2", "System.Collections.Concurrent.ConcurrentBag`1",
        "System.Collections.Frozen.FrozenDictionary`2", "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableHashSet`1",
    ];

    /// <summary>Walks that were looked at: no decision hangs on their order.</summary>
    private static readonly Dictionary<string, string> Reviewed = new(StringComparer.Ordinal)
    {
        ["Cluster.Node.Sharding.Shard"] = "ids are put in order before they are used",
        ["Cluster.Node.Executions.OpenCalls"] = "all calls that do not run outside are taken out, in whatever order",
        ["Cluster.Node.Sharding.WakeWindow"] = "all timers are cancelled, in whatever order",
    };

    private static readonly string[] Walks = ["GetEnumerator", "get_Keys", "get_Values", "ToArray"];

    public static IReadOnlyList<string> Violations(Rooms rooms, IEnumerable<ScannedType> types)
    {
        var found = new List<string>();
        foreach (var type in types.Where(type => rooms.RoomOf(type.Name) is { } room && DecidingRooms.Contains(room)))
        {
            foreach (var use in type.Uses)
            {
                if (Types.TryGetValue(use.Type, out var reason) || Members.TryGetValue(use, out reason))
                    found.Add($"{type.Name} uses {use}: {reason}");
                else if (Unordered.Contains(use.Type) && Walks.Contains(use.Member) && !Reviewed.ContainsKey(type.Name))
                    found.Add($"{type.Name} walks through {use}: its order means nothing, and a decision may come to hang on it");
            }
        }

        return found;
    }
}
