using Xunit;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Who may know whom, held over the compiled code.</summary>
[Trait("Suite", "Architecture")]
public sealed class BorderTests
{
    private const string PlantedRoot = "Cluster.Node.Tests.Architecture.Planted";

    private static readonly Rooms PlantedRooms = new(PlantedRoot, new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Timers"] = [],
        ["Journal"] = [],
        ["Executions"] = ["Timers"],
        ["Tasks"] = [],
    });

    private static readonly Lazy<IReadOnlyList<ScannedType>> Node = new(() => CodeScan.Of(PathOf("Cluster.Node")));

    private static readonly Lazy<IReadOnlyList<ScannedType>> Planted =
        new(() => [.. CodeScan.Of(PathOf("Cluster.Node.Tests")).Where(type => type.Name.StartsWith(PlantedRoot + ".", StringComparison.Ordinal))]);

    [Fact]
    public void A_room_of_the_node_mentions_only_the_rooms_it_may_know() => AssertNone(Rooms.OfNode.Violations(Node.Value));

    [Fact]
    public void The_deciding_rooms_touch_no_thread_clock_or_chance() => AssertNone(RoomBans.Violations(Rooms.OfNode, Node.Value));

    [Fact]
    public void Drivers_wires_and_clients_stay_in_their_rooms() => AssertNone(Doors.Violations("Cluster.Node", Node.Value));

    [Theory]
    [InlineData("Timers.KnowsInSignature")]
    [InlineData("Timers.KnowsInBody")]
    [InlineData("Timers.KnowsInClosure")]
    [InlineData("Timers.KnowsInAttribute")]
    [InlineData("Drawer.Anything")]
    public void A_planted_break_of_a_border_is_found(string type) => AssertFound(type, PlantedRooms.Violations(Planted.Value));

    [Fact]
    public void What_keeps_to_its_room_is_left_alone() =>
        Assert.DoesNotContain(PlantedRooms.Violations(Planted.Value), line => line.Contains("KnowsNobody", StringComparison.Ordinal)
            || line.Contains("Decides", StringComparison.Ordinal));

    [Theory]
    [InlineData("Awaits")]
    [InlineData("RunsTask")]
    [InlineData("Continues")]
    [InlineData("AsksClock")]
    [InlineData("AsksTicks")]
    [InlineData("Measures")]
    [InlineData("Queues")]
    [InlineData("HashesText")]
    [InlineData("HashesParts")]
    [InlineData("WalksSet")]
    [InlineData("WalksValues")]
    public void A_planted_use_of_what_deciding_rooms_must_not_touch_is_found(string type) =>
        AssertFound("Executions." + type, RoomBans.Violations(PlantedRooms, Planted.Value));

    [Fact]
    public void Looking_up_a_key_is_no_walk() =>
        Assert.DoesNotContain(RoomBans.Violations(PlantedRooms, Planted.Value), line => line.Contains("Decides", StringComparison.Ordinal));

    [Fact]
    public void A_planted_HTTP_client_is_found_in_the_journal_and_allowed_in_the_tasks()
    {
        var found = Doors.Violations(PlantedRoot, Planted.Value);
        AssertFound("Journal.CallsOut", found);
        Assert.DoesNotContain(found, line => line.Contains("Tasks.Lambda", StringComparison.Ordinal));
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");

    private static void AssertNone(IReadOnlyList<string> found) => Assert.True(found.Count == 0, string.Join('\n', found));

    private static void AssertFound(string type, IReadOnlyList<string> found) =>
        Assert.Contains(found, line => line.StartsWith($"{PlantedRoot}.{type} ", StringComparison.Ordinal) || line.StartsWith($"{PlantedRoot}.{type}:", StringComparison.Ordinal));
}
