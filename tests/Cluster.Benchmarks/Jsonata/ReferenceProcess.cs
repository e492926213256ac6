using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Cluster.Benchmarks.Jsonata;

/// <summary>The reference implementation in a process of Node.js. The package is installed below <c>artifacts</c> when it is not there yet.</summary>
internal sealed class ReferenceProcess : IDisposable
{
    /// <summary>The package and its version.</summary>
    public const string Package = "jsonata@2.2.2";

    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ReferenceProcess(Process process) => _process = process;

    /// <summary>Installs the package where it is missing, and starts the process.</summary>
    /// <exception cref="InvalidOperationException">Node.js or the package cannot be had.</exception>
    public static ReferenceProcess Start()
    {
        var folder = Path.Combine(Root(), "artifacts", "jsonata-reference");
        Install(folder);
        var info = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Jsonata", "reference.mjs"));
        info.ArgumentList.Add(folder);
        return new ReferenceProcess(Process.Start(info) ?? throw new InvalidOperationException("Node.js does not start."));
    }

    /// <summary>Compiles an expression, and evaluates it once.</summary>
    /// <returns>The result as JSON.</returns>
    public string Prepare(string expression, string input, string bindings) => Ask(
        new JsonObject { ["expression"] = expression, ["input"] = JsonNode.Parse(input), ["bindings"] = JsonNode.Parse(bindings) })["result"]?.ToJsonString() ?? "null";

    /// <summary>Evaluates the expression for a time.</summary>
    /// <returns>Nanoseconds for each evaluation.</returns>
    public double Measure(TimeSpan time) => Ask(new JsonObject { ["nanoseconds"] = time.TotalNanoseconds })["nanoseconds"]!.GetValue<double>();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonNode Ask(JsonObject request)
    {
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var answer = JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The reference has died."))!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"The reference refuses: {error}") : answer;
    }

    private static void Install(string folder)
    {
        if (File.Exists(Path.Combine(folder, "node_modules", "jsonata", "package.json")))
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), """{"private": true}""");
        var info = new ProcessStartInfo("npm") { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var argument in new[] { "install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", Package })
            info.ArgumentList.Add(argument);
        using var npm = Process.Start(info) ?? throw new InvalidOperationException("npm does not start.");
        if (!npm.WaitForExit(InstallPatience) || npm.ExitCode != 0)
            throw new InvalidOperationException($"{Package} cannot be installed.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("no Cluster.sln above the benchmarks");
        return folder.FullName;
    }
}
