using System.CommandLine;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Hosting.Settings;

namespace Cluster.Node.Cli;

/// <summary><c>migrate</c>: makes the tables of a PostgreSQL store, or brings them to the format of this build. Nothing else does.</summary>
internal static class MigrateCommand
{
    private const int Refused = 1;
    private const int WrongSettings = 2;

    private static readonly Option<string?> Store = new("--store") { HelpName = "postgres", Description = "The kind of store; sqlite migrates itself when it is opened." };
    private static readonly Option<string?> Connection = new("--connection") { HelpName = "TEXT", Description = "How to reach the database, which must exist." };
    private static readonly Option<string?> Config = new("--config") { HelpName = "FILE", Description = "The settings file (appsettings.json, if it is there)." };
    private static readonly Option<bool> Contract = new("--contract") { Description = "Also take away what only older builds need; refused while one of them runs." };

    public static Command Build()
    {
        var command = new Command("migrate", "Makes or migrates the tables of a postgres store.") { Store, Connection, Config, Contract };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (parsed.GetValue(Store) is { } store)
            given["journal:store"] = store;
        if (parsed.GetValue(Connection) is { } connection)
            given["journal:connection"] = connection;
        var reading = SettingsSource.Read(given, parsed.GetValue(Config));
        var wrong = reading.Errors.Where(error => error.Path.StartsWith("journal:", StringComparison.Ordinal)).Select(error => error.ToString()).ToList();
        var journal = reading.Settings.Journal;
        if (wrong.Count == 0 && journal.Store != StoreKind.Postgres)
            wrong.Add("only a postgres store is migrated by command: give --store postgres");
        var refusal = wrong.Count > 0 ? string.Join(Environment.NewLine, wrong) : null;
        if (refusal is not null || PostgresAddress.TryParse(journal.Connection!, out refusal) is not { } address)
        {
            await Console.Error.WriteLineAsync($"cluster: error: {refusal}").ConfigureAwait(false);
            return WrongSettings;
        }

        if (PostgresMigrator.TryRun(address, parsed.GetValue(Contract), out refusal) is { } done)
        {
            await Console.Out.WriteLineAsync($"cluster: {done}").ConfigureAwait(false);
            return 0;
        }

        await Console.Error.WriteLineAsync($"cluster: error: {refusal}").ConfigureAwait(false);
        return Refused;
    }
}
