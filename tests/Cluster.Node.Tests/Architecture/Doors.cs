namespace Cluster.Node.Tests.Architecture;

/// <summary>Libraries that only the room made for them may mention.</summary>
internal static class Doors
{
    private static readonly (string What, string[] Prefixes, string[] Namespaces)[] Kept =
    [
        ("the SQLite driver", ["Microsoft.Data.Sqlite.", "SQLitePCL."], ["*.Sqlite"]),
        ("the PostgreSQL driver", ["Npgsql."], ["*.Postgres"]),
        ("an HTTP client", ["System.Net.Http."], ["Tasks", "Transport"]),
        ("sockets", ["System.Net.Sockets."], ["Tasks", "Transport", "Hosting"]),
        ("the web server", ["Microsoft.AspNetCore."], ["Hosting", "Transport"]),
        ("the Gateway", ["Cluster.Gateway."], ["Hosting"]),
        ("the command line", ["System.CommandLine."], ["Cli", "Hosting"]),
        ("the metrics exporter", ["OpenTelemetry."], ["Diagnostics", "Hosting"]),
    ];

    public static IReadOnlyList<string> Violations(string root, IEnumerable<ScannedType> types)
    {
        var found = new List<string>();
        foreach (var type in types.Where(type => type.Name.StartsWith(root + ".", StringComparison.Ordinal)))
        {
            var parts = type.Name[(root.Length + 1)..].Split('.')[..^1];
            if (parts.Length == 0)
                continue; // Program, at the project's root, only hands over to a room.
            foreach (var (what, prefixes, namespaces) in Kept)
            {
                if (namespaces.Any(allowed => Allows(allowed, parts)))
                    continue;
                found.AddRange(type.Uses
                    .Where(use => use.Member.Length == 0 && prefixes.Any(prefix => use.Type.StartsWith(prefix, StringComparison.Ordinal)))
                    .Select(use => $"{type.Name} mentions {use.Type}: only {string.Join(", ", namespaces)} may mention {what}"));
            }
        }

        return found;
    }

    private static bool Allows(string allowed, string[] parts) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? parts.Contains(allowed[2..])
        : parts[0] == allowed;
}
