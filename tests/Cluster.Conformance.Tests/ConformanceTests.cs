using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Conformance.Tests;

/// <summary>The real server against what AWS was seen to answer.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    [Fact]
    public Task The_server_answers_as_AWS_was_seen_to_answer() => AnswersAsync(new Dictionary<string, string>(StringComparer.Ordinal));

    [Fact]
    public async Task The_server_on_PostgreSQL_answers_as_AWS_was_seen_to_answer()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await AnswersAsync(PostgresServer.Shared!.CreateStore());
    }

    [Fact]
    public async Task The_comparison_itself_judges_rightly()
    {
        if (Recordings.Folder is not { } folder)
        {
            Assert.Skip("NOT CHECKED: no conformance recordings here. Set CLUSTER_CONFORMANCE to the folder that holds run.py and cases/.");
            return;
        }

        Assert.Equal(0, await RunnerAsync(folder, ["--self-test", "--cases", Path.Combine(folder, "cases")]));
    }

    private async Task AnswersAsync(IReadOnlyDictionary<string, string> store)
    {
        if (Recordings.Folder is not { } folder)
        {
            Assert.Skip("NOT CHECKED: no conformance recordings here. Set CLUSTER_CONFORMANCE to the folder that holds run.py and cases/.");
            return;
        }

        var lambda = FreePort.Take();
        using var data = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart
        {
            Folder = data["data"],
            LambdaEndpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{lambda}"),
            Environment = store,
        });
        var verdicts = data["verdicts.json"];
        var exitCode = await RunnerAsync(folder,
        [
            "--endpoint", server.Endpoint.ToString().TrimEnd('/'), "--cases", Path.Combine(folder, "cases"),
            "--lambda-port", lambda.ToString(CultureInfo.InvariantCulture), "--json", verdicts,
            .. Recordings.Scope,
        ]);
        Assert.False(server.HasExited, "the server died:\n" + server.Output);
        Assert.True(exitCode is 0 or 1, $"the runner could not judge: exit code {exitCode}");
        var failed = Verdicts.Failed(verdicts);
        var excuses = Recordings.Unsatisfiable;
        var excused = failed.Where(miss => excuses.TryGetValue(miss.Key, out var excuse) && !miss.Value.Contains(excuse.Holds)).ToList();
        foreach (var (id, _) in excused)
            output.WriteLine($"EXCUSED {id}: {excuses[id].Why}");
        output.WriteLine($"{failed.Count} missed, {excused.Count} of them cannot be met (eng/conformance.unsatisfiable)");
        Assert.Empty(failed.Keys.Except(excused.Select(miss => miss.Key), StringComparer.Ordinal));
    }

    private async Task<int> RunnerAsync(string folder, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.ArgumentList.Add(Path.Combine(folder, "run.py"));
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        info.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var runner = Process.Start(info)!;
        runner.OutputDataReceived += (_, line) => Tell(line.Data);
        runner.ErrorDataReceived += (_, line) => Tell(line.Data);
        runner.BeginOutputReadLine();
        runner.BeginErrorReadLine();
        using var cancel = new CancellationTokenSource(Longest);
        try
        {
            await runner.WaitForExitAsync(cancel.Token);
        }
        finally
        {
            if (!runner.HasExited)
                runner.Kill();
        }

        return runner.ExitCode;
    }

    private void Tell(string? line)
    {
        if (line is not null)
            output.WriteLine(line);
    }
}
