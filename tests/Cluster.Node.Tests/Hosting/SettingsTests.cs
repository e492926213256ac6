using Cluster.Node.Cli;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Observation;
using Cluster.Node.Tasks;
using Xunit;

namespace Cluster.Node.Tests.Hosting;

/// <summary>What the settings are, where they come from, and what is refused.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Without_any_setting_the_defaults_hold()
    {
        var reading = SettingsSource.Read(Nothing, Nothing, file: null);

        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        var settings = reading.Settings;
        Assert.Equal("http://127.0.0.1:8080/", Assert.Single(settings.Gateway.Listen).AbsoluteUri);
        Assert.Null(settings.Gateway.Admin);
        Assert.Equal(Path.GetFullPath("data"), settings.Journal.Directory);
        Assert.Equal((StoreKind.Sqlite, SynchronousKind.Full), (settings.Journal.Store, settings.Journal.Synchronous));
        Assert.Equal(("123456789012", "us-east-1", "aws", 25_000L), (settings.Node.Account, settings.Node.Region, settings.Node.Partition, settings.Node.HistoryLimit));
        Assert.True(settings.Node.CatchAllTakesDataLimit);
        Assert.Null(settings.Tasks.LambdaEndpoint);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.Tasks.LambdaTimeout);
    }

    [Fact]
    public void Logs_go_to_files_in_the_data_directory_and_status_events_nowhere_unless_settings_say_otherwise()
    {
        var defaults = SettingsSource.Read(Nothing, Nothing, file: null).Settings;
        Assert.Equal((RecordTarget.Files, Path.GetFullPath("data/logs")), (defaults.Logs.To, defaults.Logs.Directory));
        Assert.Equal((RecordTarget.None, Path.GetFullPath("data/status-events")), (defaults.StatusEvents.To, defaults.StatusEvents.Directory));
        Assert.Equal((64L << 20, 8, 32L << 20), (defaults.Logs.FileBytes, defaults.Logs.Files, defaults.Logs.QueueBytes));

        var environment = new Dictionary<string, string>
        {
            ["CLUSTER_DATA"] = "/srv/cluster",
            ["CLUSTER_LOGS__TO"] = "both",
            ["CLUSTER_LOGS__FILEBYTES"] = "4096",
            ["CLUSTER_LOGS__FILES"] = "2",
            ["CLUSTER_STATUSEVENTS__TO"] = "stdout",
        };
        var commandLine = new Dictionary<string, string> { ["statusEvents:directory"] = "/var/log/events", ["statusEvents:queueBytes"] = "1024" };
        var reading = SettingsSource.Read(commandLine, environment, file: null);
        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        Assert.Equal(
            new RecordSettings { To = RecordTarget.Both, Directory = "/srv/cluster/logs", FileBytes = 4096, Files = 2 }, reading.Settings.Logs);
        Assert.Equal(
            new RecordSettings { To = RecordTarget.Stdout, Directory = "/var/log/events", QueueBytes = 1024 }, reading.Settings.StatusEvents);
    }

    [Fact]
    public void Executions_are_kept_for_90_days_unless_settings_say_otherwise()
    {
        var defaults = SettingsSource.Read(Nothing, Nothing, file: null).Settings.Retention;
        Assert.Equal((TimeSpan.FromDays(90), TimeSpan.FromHours(1)), (defaults.Rules.Of("any"), defaults.Every));

        var commandLine = new Dictionary<string, string>
        {
            ["retention:keep"] = "30d",
            ["retention:every"] = "5m",
            ["retention:machines:0:name"] = "audit-*",
            ["retention:machines:0:keep"] = "3650d",
            ["retention:machines:1:name"] = "*",
            ["retention:machines:1:keep"] = "1h",
        };
        var reading = SettingsSource.Read(commandLine, Nothing, file: null);
        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        var rules = reading.Settings.Retention.Rules;
        Assert.Equal(
            (TimeSpan.FromDays(3650), TimeSpan.FromHours(1), TimeSpan.FromDays(30), TimeSpan.FromMinutes(5)),
            (rules.Of("audit-a"), rules.Of("Audit-a"), rules.Keep, reading.Settings.Retention.Every));
    }

    [Theory]
    [InlineData("logs:to", "tape")]
    [InlineData("logs:fileBytes", "1")]
    [InlineData("logs:files", "0")]
    [InlineData("statusEvents:queueBytes", "many")]
    [InlineData("statusEvents:directory", "/proc/self/status")]
    public void What_records_cannot_be_written_by_is_refused(string setting, string value) =>
        Assert.Equal(setting, Assert.Single(SettingsSource.Read(new Dictionary<string, string> { [setting] = value }, Nothing, file: null).Errors).Path);

    [Fact]
    public void The_command_line_beats_the_environment_which_beats_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {
              "node": { "region": "eu-west-1", "account": "111122223333", "historyLimit": 0, "catchAllTakesDataLimit": false, "drainTimeout": "2m" },
              "tasks": { "functions": [
                { "name": "bench-*", "target": "builtin:echo" },
                { "name": "charge", "target": "webhook:http://127.0.0.1:9000/hooks/{name}", "idempotent": true, "concurrency": 5, "timeout": "00:00:30" } ] }
            }
            """);
        var environment = new Dictionary<string, string>
        {
            ["CLUSTER_REGION"] = "eu-central-1",
            ["CLUSTER_NODE__PARTITION"] = "aws-cn",
            ["CLUSTER_LAMBDA_ENDPOINT"] = "http://127.0.0.1:9101",
            ["PATH"] = "/bin",
        };
        var reading = SettingsSource.Read(new Dictionary<string, string> { ["node:region"] = "sa-east-1" }, environment, file);
        File.Delete(file);

        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        Assert.Equal(("111122223333", "sa-east-1", "aws-cn", 0L), (reading.Settings.Node.Account, reading.Settings.Node.Region, reading.Settings.Node.Partition, reading.Settings.Node.HistoryLimit));
        Assert.Equal((false, TimeSpan.FromMinutes(2)), (reading.Settings.Node.CatchAllTakesDataLimit, reading.Settings.Node.DrainTimeout));
        Assert.Equal("http://127.0.0.1:9101/", reading.Settings.Tasks.LambdaEndpoint?.AbsoluteUri);
        Assert.Equal(FunctionProtocol.Echo, reading.Settings.Tasks.Functions[0].Protocol);
        var charge = reading.Settings.Tasks.Functions[1];
        Assert.Equal((FunctionProtocol.Webhook, true, 5, TimeSpan.FromSeconds(30)), (charge.Protocol, charge.Idempotent, charge.Concurrency, charge.Timeout));
    }

    [Theory]
    [InlineData("node:account", "1234", "is not an account id of 12 digits")]
    [InlineData("node:account", "12345678901a", "is not an account id of 12 digits")]
    [InlineData("node:region", "US East", "is not a region such as us-east-1")]
    [InlineData("node:partition", "a:b", "is not a partition such as aws")]
    [InlineData("node:historyLimit", "-1", "is not a whole number from 0 to 9223372036854775807")]
    [InlineData("node:historyLimit", "many", "is not a whole number")]
    [InlineData("node:historyLimit", "25e3", "is not a whole number")]
    [InlineData("node:catchAllTakesDataLimit", "no", "'no' is neither true nor false")]
    [InlineData("node:drainTimeout", "30", "is not a span of time from 0ms to 1h, such as 500ms, 30s or 15m")]
    [InlineData("node:drainTimeout", "2h", "is not a span of time from 0ms to 1h")]
    [InlineData("node:drainTimeout", "-5s", "is not a span of time")]
    [InlineData("node", "fast", "is a value, but this is a section of settings")]
    [InlineData("gateway:listen", "127.0.0.1:8080", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:listen", "https://127.0.0.1:8080", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:listen", "http://127.0.0.1:8080/api", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:listen", "http://example.com:8080", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:listen", "http://127.0.0.1:99999", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:listen", "http://0.0.0.0:8080", "the keys of callers must be configured (gateway:keys) first")]
    [InlineData("gateway:listen", "http://[::]:8080", "the keys of callers must be configured (gateway:keys) first")]
    [InlineData("gateway:listen", "http://127.0.0.1:80;http://127.0.0.1:80", "stands here twice")]
    [InlineData("gateway:admin", "http://10.0.0.1:8081", "is not a loopback address")]
    [InlineData("gateway:admin", "8081", "is not http://ADDRESS:PORT")]
    [InlineData("gateway:maxBodyBytes", "12", "is not a whole number from 1024")]
    [InlineData("gateway:maxConnections", "0", "is not a whole number from 1")]
    [InlineData("gateway:keys:0:id", "AKIA", "secret access key is missing")]
    [InlineData("gateway:keys:0:id", "A/B", "an access key id is 1 to 128 letters")]
    [InlineData("gateway:clockTolerance", "16m", "is not a span of time from 1s to 15m")]
    [InlineData("gateway:clockTolerance", "0s", "is not a span of time from 1s to 15m")]
    [InlineData("gateway:keys:0:secret", "hush", "access key id is missing")]
    [InlineData("sharding:lease", "500ms", "is not a span of time from 1s to 10m")]
    [InlineData("sharding:margin", "0s", "is not a span of time from 50ms to 10m")]
    [InlineData("sharding:absence", "400ms", "it must be longer than 'renew'")]
    [InlineData("sharding:address", "node-1:8080", "is not an address http://HOST[:PORT]")]
    [InlineData("sharding:handOffsAtATime", "0", "is not a whole number from 1")]
    [InlineData("retention:keep", "30s", "is not a span of time from 1m to 36500d")]
    [InlineData("retention:every", "2d", "is not a span of time from 1s to 1d")]
    [InlineData("retention:machines", "orders", "is a value, but this is a list of sections")]
    [InlineData("retention:machines:0:keep", "30d", "the machine's name is missing")]
    [InlineData("retention:machines:0:name", "orders", "how long executions of the machine are kept is missing")]
    [InlineData("retention:machines:0:name", "a/b", "is not a machine's name")]
    [InlineData("journal:store", "tape", "is none of sqlite, postgres, memory")]
    [InlineData("journal:store", "postgres", "a PostgreSQL store needs a connection string")]
    [InlineData("journal:synchronous", "off", "is none of full, normal")]
    [InlineData("journal:data", "/dev/null/x\0y", "is not a directory")]
    [InlineData("tasks:lambdaEndpoint", "localhost:9101", "is not an address http://HOST")]
    [InlineData("tasks:lambdaEndpoint", "http://user:pass@host/", "is not an address http://HOST")]
    [InlineData("tasks:lambdaTimeout", "0s", "is not a span of time from 1ms to 1d")]
    [InlineData("tasks:lambdaConcurrency", "0", "is not a whole number from 1 to 1000000")]
    [InlineData("tasks:maxWaitingCalls", "-1", "is not a whole number from 0 to 1000000")]
    [InlineData("tasks:connectTimeout", "soon", "is not a span of time")]
    [InlineData("tasks:functions", "echo", "is a value, but this is a list of sections")]
    [InlineData("tasks:functions:0:name", "a", "the target is missing")]
    [InlineData("tasks:functions:0:name", "a/b", "is neither a function's name nor its ARN")]
    [InlineData("tasks:functions:0:target", "builtin:echo", "the function's name is missing")]
    [InlineData("tasks:functions:0:target", "builtin:sleep", "is not built in")]
    [InlineData("tasks:functions:0:target", "ftp://x", "is not an address http://HOST")]
    [InlineData("tasks:functions:0:target", "webhook:", "is not an address http://HOST")]
    [InlineData("tasks:functions:0:idempotent", "maybe", "is neither true nor false")]
    public void A_wrong_setting_is_refused_with_its_path_and_the_reason(string path, string value, string reason)
    {
        var reading = SettingsSource.Read(new Dictionary<string, string> { [path] = value }, Nothing, file: null);

        Assert.Contains(reading.Errors, e => e.Path.StartsWith(path[..path.LastIndexOf(':').Clamp(path)], StringComparison.Ordinal) && e.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        var reading = SettingsSource.Read(
            new Dictionary<string, string> { ["node:account"] = "x", ["journal:store"] = "y", ["tasks:lambdaEndpoint"] = "z", ["gateway:listen"] = "w" }, Nothing, file: null);

        Assert.Equal(["node:account", "gateway:listen", "journal:store", "tasks:lambdaEndpoint"], reading.Errors.Select(e => e.Path));
    }

    [Fact]
    public void Unknown_names_warn_and_do_not_refuse()
    {
        var reading = SettingsSource.Read(
            new Dictionary<string, string> { ["node:colour"] = "blue", ["extras:x"] = "1", ["tasks:functions:0:name"] = "a", ["tasks:functions:0:target"] = "builtin:echo", ["tasks:functions:0:retries"] = "3" },
            Nothing, file: null);

        Assert.Empty(reading.Errors);
        Assert.Equal(["node:colour", "tasks:functions:0:retries", "extras"], reading.Warnings.Select(w => w.Path));
    }

    [Fact]
    public void An_address_for_other_machines_is_taken_when_there_are_keys()
    {
        var reading = SettingsSource.Read(
            new Dictionary<string, string> { ["gateway:listen"] = "http://0.0.0.0:8080", ["gateway:keys:0:id"] = "AKIA", ["gateway:keys:0:secret"] = "hush" }, Nothing, file: null);

        Assert.Empty(reading.Errors);
        Assert.DoesNotContain("hush", reading.Settings.ToString() + reading.Settings.Gateway.Keys[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    public void A_file_that_cannot_be_read_is_an_error_not_a_crash(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var reading = SettingsSource.Read(Nothing, Nothing, file);
        File.Delete(file);

        Assert.Equal(file, Assert.Single(reading.Errors).Path);
        Assert.Single(SettingsSource.Read(Nothing, Nothing, file).Errors);
    }

    [Fact]
    public async Task The_run_command_hands_its_arguments_over_as_settings()
    {
        ClusterSettings? given = null;
        var code = await CommandLine.InvokeAsync(
            ["run", "--listen", "http://127.0.0.1:9001", "--data", "somewhere", "--store", "memory", "--admin", "http://127.0.0.1:9002",
                "--function", "bench-*=builtin:echo", "--set", "node:historyLimit=0"],
            (settings, _) =>
            {
                given = settings;
                return Task.FromResult(7);
            });

        Assert.Equal(7, code);
        Assert.NotNull(given);
        Assert.Equal("http://127.0.0.1:9001/", Assert.Single(given.Gateway.Listen).AbsoluteUri);
        Assert.Equal(9002, given.Gateway.Admin?.Port);
        Assert.Equal((Path.GetFullPath("somewhere"), StoreKind.Memory, 0L), (given.Journal.Directory, given.Journal.Store, given.Node.HistoryLimit));
        Assert.Equal(("bench-*", FunctionProtocol.Echo), (given.Tasks.Functions[0].Name, given.Tasks.Functions[0].Protocol));
    }

    [Theory]
    [InlineData("--set", "node:region")]
    [InlineData("--function", "=builtin:echo")]
    [InlineData("--colour", "blue")]
    public async Task The_run_command_starts_nothing_with_arguments_that_mean_nothing(string option, string value) =>
        Assert.NotEqual(0, await CommandLine.InvokeAsync(["run", option, value], (_, _) => throw new InvalidOperationException("started")));

    [Fact]
    public async Task The_run_command_starts_nothing_with_wrong_settings() =>
        Assert.Equal(2, await CommandLine.InvokeAsync(["run", "--store", "tape"], (_, _) => throw new InvalidOperationException("started")));
}

internal static class Ends
{
    /// <summary>The index, or the whole length when there is none.</summary>
    public static int Clamp(this int index, string text) => index < 0 ? text.Length : index;
}
