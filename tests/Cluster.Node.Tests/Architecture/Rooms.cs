namespace Cluster.Node.Tests.Architecture;

/// <summary>The rooms of Cluster.Node and who may know whom. A room is the first part of a namespace below the project's.</summary>
internal sealed class Rooms(string root, IReadOnlyDictionary<string, string[]> knows)
{
    /// <summary>May know every room: it puts the process together.</summary>
    private const string Everything = "*";

    /// <summary>
    /// Folders named after a database, in whatever room. They, and not the rest of their room, may know the Database room, which holds
    /// what all stores on one database share (docs/decisions/0002).
    /// </summary>
    private static readonly string[] DatabaseFolders = ["Sqlite", "Postgres"];

    public static Rooms OfNode { get; } = new("Cluster.Node", new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Actors"] = [],
        ["Journal"] = [],
        ["Timers"] = [],
        ["Database"] = [],
        ["Diagnostics"] = [],
        ["Tasks"] = [],
        ["Sharding"] = ["Actors", "Timers"],
        ["Executions"] = ["Actors", "Sharding", "Journal", "Timers", "Tasks"],
        ["Express"] = ["Actors", "Sharding", "Journal", "Timers", "Tasks"],
        ["StateMachines"] = ["Journal", "Executions", "Database"],
        ["History"] = ["Journal", "Executions", "StateMachines"],
        ["Observation"] = ["Journal", "Executions", "History"],
        ["Transport"] = ["Actors", "Sharding", "Executions", "StateMachines", "Journal", "Tasks"],
        ["Cli"] = ["Hosting", "Database", "Journal"],
        ["Hosting"] = [Everything],
    });

    public IEnumerable<string> Names => knows.Keys;

    /// <summary>What the types mention of rooms that their own room must not know.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<ScannedType> types)
    {
        var found = new List<string>();
        foreach (var type in types)
        {
            if (RoomOf(type.Name) is not { } room)
                continue;
            if (!knows.TryGetValue(room, out var allowed))
            {
                found.Add($"{type.Name}: no room is called {room}");
                continue;
            }

            foreach (var use in type.Uses.Where(use => use.Member.Length == 0))
            {
                if (RoomOf(use.Type) is { } other && other != room && !allowed.Contains(other) && !allowed.Contains(Everything)
                    && !(other == "Database" && DatabaseFolders.Any(folder => type.Name.Contains($".{folder}.", StringComparison.Ordinal))))
                    found.Add($"{type.Name} mentions {use.Type}: {room} must not know {other}");
            }
        }

        return found;
    }

    /// <summary>The room that a type lives in; null for a type outside of the project or at its root.</summary>
    public string? RoomOf(string type)
    {
        if (!type.StartsWith(root + ".", StringComparison.Ordinal))
            return null;
        var parts = type[(root.Length + 1)..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }
}
