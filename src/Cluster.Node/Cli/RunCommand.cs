using System.CommandLine;
using System.Runtime.InteropServices;
using Cluster.Node.Hosting.Settings;

namespace Cluster.Node.Cli;

/// <summary><c>run</c>: starts a node and keeps it running until SIGTERM or Ctrl-C.</summary>
internal static class RunCommand
{
    private const int WrongSettings = 2;

    private static readonly Option<string[]> Listen = Texts("--listen", "http://ADDRESS:PORT", "Where to listen for the AWS API (http://127.0.0.1:8080); may be repeated.");
    private static readonly Option<string?> Directory = One("--data", "DIR", "The data directory (./data).");
    private static readonly Option<string?> Store = One("--store", "sqlite|postgres|memory", "Where executions are kept (sqlite).");
    private static readonly Option<string?> Connection = One("--connection", "TEXT", "How to reach the database of a postgres store; CLUSTER_CONNECTION keeps it from the eyes of others.");
    private static readonly Option<string?> Admin = One("--admin", "http://ADDRESS:PORT", "The loopback address of /admin (a free port).");
    private static readonly Option<string?> Config = One("--config", "FILE", "The settings file (appsettings.json, if it is there).");
    private static readonly Option<string?> LambdaEndpoint = One("--lambda-endpoint", "URL", "A Lambda Invoke API for all functions without an entry of their own.");
    private static readonly Option<string[]> Functions = Texts("--function", "NAME=TARGET", "Where a function is: URL, webhook:URL or builtin:echo; NAME may hold *; may be repeated.");
    private static readonly Option<string[]> Others = Texts("--set", "SECTION:NAME=VALUE", "Any setting by its path; may be repeated.");

    public static Command Build(RunNode run)
    {
        var command = new Command("run", "Starts a node.") { Listen, Directory, Store, Connection, Admin, Config, LambdaEndpoint, Functions, Others };
        command.SetAction((parsed, _) => RunAsync(parsed, run));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, RunNode run)
    {
        var reading = SettingsSource.Read(SettingsOf(parsed), parsed.GetValue(Config));
        foreach (var warning in reading.Warnings)
            await Console.Error.WriteLineAsync($"cluster: warning: {warning}").ConfigureAwait(false);
        foreach (var error in reading.Errors)
            await Console.Error.WriteLineAsync($"cluster: error: {error}").ConfigureAwait(false);
        if (reading.Errors.Count > 0)
            return WrongSettings;
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
        return await run(reading.Settings, stop.Token).ConfigureAwait(false);

        // The first signal drains; a second one ends the process as signals do.
        void StopOnce(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <summary>The settings that the arguments name, by path.</summary>
    internal static IReadOnlyDictionary<string, string> SettingsOf(ParseResult parsed)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Put("journal:data", parsed.GetValue(Directory));
        Put("journal:store", parsed.GetValue(Store));
        Put("journal:connection", parsed.GetValue(Connection));
        Put("gateway:admin", parsed.GetValue(Admin));
        Put("tasks:lambdaEndpoint", parsed.GetValue(LambdaEndpoint));
        if (parsed.GetValue(Listen) is { Length: > 0 } listen)
            settings["gateway:listen"] = string.Join(';', listen);
        var number = 0;
        foreach (var (name, target) in (parsed.GetValue(Functions) ?? []).Select(Halves))
        {
            var path = $"tasks:functions:argument{++number}";
            Put($"{path}:name", name);
            Put($"{path}:target", target);
        }

        foreach (var (path, value) in (parsed.GetValue(Others) ?? []).Select(Halves))
            settings[path] = value;
        return settings;

        void Put(string path, string? value)
        {
            if (value is not null)
                settings[path] = value;
        }
    }

    /// <summary>What stands before and after the first equals sign, which the option's check has found.</summary>
    private static (string Before, string After) Halves(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static Option<string?> One(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<string[]> Texts(string name, string value, string description)
    {
        var option = new Option<string[]>(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore };
        if (value.Contains('=', StringComparison.Ordinal))
            option.Validators.Add(Halved);
        return option;

        void Halved(System.CommandLine.Parsing.OptionResult given)
        {
            foreach (var token in given.Tokens)
            {
                if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                    given.AddError($"{name}: '{token.Value}' is not {value}.");
            }
        }
    }
}
