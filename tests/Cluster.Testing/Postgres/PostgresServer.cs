using System.Diagnostics;
using System.Globalization;

namespace Cluster.Testing.Postgres;

/// <summary>
/// A PostgreSQL of the tests' own, from Debian's package, in a temporary folder. A small shell keeps watch over it: when the process of the
/// tests ends, however it does, the server and its folder go.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The major version that the product is made for.</summary>
    public const string Version = "15";

    private const string User = "cluster";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Starts the server and waits for it; a line on its input stops it at once (crash), kills all its processes (kill; the first is held
    /// still meanwhile, so that it makes no more of them), starts it anew, or, at the end of the input, ends all. Signals to the group of
    /// the tests do not keep it from tidying up.
    /// </summary>
    private const string Watch = """
        trap '' INT TERM HUP
        start() { "$2/postgres" -D "$1/data" -c unix_socket_directories="$1" -c listen_addresses=127.0.0.1 -c port="$3" $4 >>"$1/log" 2>&1 & server=$!; echo $server >"$1/pid"; }
        start "$@"
        while read -r word; do
          case $word in
            crash) kill -QUIT $server; wait $server ;;
            kill) kill -STOP $server; kill -KILL $(cat /proc/$server/task/$server/children) $server; wait $server ;;
            start) start "$@" ;;
          esac
          echo done
        done
        kill -QUIT $server; wait $server
        rm -rf "$1"
        """;

    private static readonly Lazy<PostgresServer?> OfProcess = new(StartOrTell);

    private readonly string _folder;
    private readonly string _binaries;
    private readonly int _port;
    private readonly Process _watch;
    private int _databases;

    private PostgresServer(string folder, string binaries, int port, Process watch)
    {
        _folder = folder;
        _binaries = binaries;
        _port = port;
        _watch = watch;
    }

    /// <summary>The one server of this process, started when it is first asked for; null, and told loudly, when there is none to be had.</summary>
    public static PostgresServer? Shared => OfProcess.Value;

    /// <summary>Why tests that need it are skipped.</summary>
    public static string Absence => $"PostgreSQL {Version} is not here and could not be started: 'eng/need postgres postgresql-{Version}' installs it. NOTHING about PostgreSQL was tested.";

    /// <summary>The port on 127.0.0.1; the same names the socket in <see cref="Folder"/>.</summary>
    public int Port => _port;

    /// <summary>The folder of data, socket and log.</summary>
    public string Folder => _folder;

    /// <summary>What the server has logged.</summary>
    public string Log
    {
        get
        {
            using var log = new StreamReader(new FileStream(Path.Combine(_folder, "log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return log.ReadToEnd();
        }
    }

    /// <summary>Starts another server than the shared one, for a test that hurts it.</summary>
    /// <param name="settings">Settings as arguments: <c>-c name=value</c>.</param>
    /// <param name="disk">Where all that it stores lies, which must outlive it; null for its folder.</param>
    public static PostgresServer Start(string settings = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB", SmallDisk? disk = null)
    {
        var binaries = Binaries() ?? throw new InvalidOperationException(Absence);
        var folder = Directory.CreateTempSubdirectory("cluster-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        if (disk is null)
            Directory.CreateDirectory(data);
        else
            Directory.CreateSymbolicLink(data, Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName);
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["-RL", "nobody", folder]);
        RunAsUser(Path.Combine(binaries, "initdb"), ["-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
        var port = FreePort.Take();
        var watch = Launch("sh", ["-c", Watch, "sh", folder, binaries, port.ToString(CultureInfo.InvariantCulture), settings]);
        var server = new PostgresServer(folder, binaries, port, watch);
        server.WaitUntilReady();
        return server;
    }

    /// <summary>Makes an empty database, or a copy of another.</summary>
    /// <param name="template">The database to copy, to which nobody may be connected; or null.</param>
    /// <returns>Its name.</returns>
    public string CreateDatabase(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        string[] copy = template is null ? [] : ["-T", template];
        Run(Path.Combine(_binaries, "createdb"), ["-h", _folder, .. PortAndUser(), .. copy, name]);
        return name;
    }

    /// <summary>Makes a database with the tables of the shipped program, made by its own command.</summary>
    /// <returns>The variables of the environment that lead a server to it.</returns>
    public IReadOnlyDictionary<string, string> CreateStore() => CreateStore(CreateDatabase());

    /// <summary>The same in a database that exists.</summary>
    public IReadOnlyDictionary<string, string> CreateStore(string database)
    {
        var connection = ConnectionString(database);
        Run("dotnet", [ServerProcess.ShippedAssembly, "migrate", "--store", "postgres", "--connection", connection]);
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["CLUSTER_STORE"] = "postgres", ["CLUSTER_CONNECTION"] = connection };
    }

    /// <summary>Drops a database, whoever is connected.</summary>
    public void DropDatabase(string name) =>
        Run(Path.Combine(_binaries, "dropdb"), ["-h", _folder, .. PortAndUser(), "--if-exists", "--force", name]);

    /// <summary>How to connect to a database, by its socket or, for a proxy, by another port of 127.0.0.1.</summary>
    public string ConnectionString(string database, int? port = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={(port is null ? _folder : "127.0.0.1")};Port={port ?? _port};Username={User};Database={database}");

    /// <summary>Runs a statement and gives the first column of its rows, a line each.</summary>
    public string Query(string database, string sql) =>
        Run(Path.Combine(_binaries, "psql"), ["-h", _folder, .. PortAndUser(), "-d", database, "-AtXq", "-v", "ON_ERROR_STOP=1", "-c", sql]).TrimEnd();

    /// <summary>Ends the server at once, without a goodbye to anybody, as a crash does.</summary>
    public void Crash() => Tell("crash");

    /// <summary>SIGKILL for every process of the server, at once.</summary>
    public void Kill() => Tell("kill");

    /// <summary>Whether it takes connections.</summary>
    public bool IsReady => Succeeds(Path.Combine(_binaries, "pg_isready"), ["-q", "-h", _folder, .. PortAndUser(), "-d", "postgres"]);

    /// <summary>Starts it again after a crash and waits until it takes connections.</summary>
    public void Restart()
    {
        Tell("start");
        WaitUntilReady();
    }

    public void Dispose()
    {
        _watch.StandardInput.Close();
        _watch.WaitForExit();
        _watch.Dispose();
    }

    private static PostgresServer? StartOrTell()
    {
        if (Binaries() is null)
        {
            Console.Error.WriteLine("!!! " + Absence);
            return null;
        }

        var server = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    private static string? Binaries()
    {
        string[] places = [$"/usr/lib/postgresql/{Version}/bin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];
        return Array.Find(places, place => File.Exists(Path.Combine(place, "postgres")) && File.Exists(Path.Combine(place, "initdb")));
    }

    private string[] PortAndUser() => ["-p", _port.ToString(CultureInfo.InvariantCulture), "-U", User];

    private void Tell(string word)
    {
        _watch.StandardInput.WriteLine(word);
        _watch.StandardInput.Flush();
        _watch.StandardOutput.ReadLine();
    }

    private void WaitUntilReady()
    {
        var clock = Stopwatch.StartNew();
        while (!IsReady)
        {
            if (clock.Elapsed > Patience || _watch.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not come up:\n{Log}");
            Thread.Sleep(PollEvery);
        }
    }

    /// <summary>The server refuses to run as root; then it runs as nobody.</summary>
    private static Process Launch(string program, string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var info = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in command[1..])
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }

    private static void RunAsUser(string program, string[] arguments) => Finish(Launch(program, arguments), program);

    private static string Run(string program, string[] arguments) => Finish(Begin(program, arguments), program);

    private static bool Succeeds(string program, string[] arguments)
    {
        using var process = Begin(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Begin(string program, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;

    private static string Finish(Process process, string program)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        }
    }
}
