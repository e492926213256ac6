using Cluster.Benchmarks.Load;

namespace Cluster.Benchmarks.Figures;

/// <summary>What a load has cost, for each unit of it: processor time of server and generator, appends, bytes.</summary>
internal sealed class RunCost
{
    private readonly HttpServer _server;
    private readonly ProcessUsage _own;
    private readonly ProcessUsage _used;
    private readonly StoreFigures _stored;

    private RunCost(HttpServer server, StoreFigures stored)
    {
        _server = server;
        _stored = stored;
        _own = ProcessUsage.Of(Environment.ProcessId);
        _used = ProcessUsage.Of(server.ProcessId);
    }

    /// <summary>The counters as they stand.</summary>
    public static async Task<RunCost> BeginAsync(HttpServer server) => new(server, await server.StoreAsync());

    /// <summary>Tells a figure what was used since then.</summary>
    /// <param name="figure">Takes the numbers.</param>
    /// <param name="prefix">How their names begin; empty for the figure's own.</param>
    /// <param name="count">The units.</param>
    /// <returns>Processor time of server and generator together, microseconds a unit.</returns>
    public async Task<double> TellAsync(Figure figure, string prefix, int count)
    {
        var used = ProcessUsage.Of(_server.ProcessId) - _used;
        var own = ProcessUsage.Of(Environment.ProcessId) - _own;
        var stored = await _server.StoreAsync() - _stored;
        figure
            .With($"{prefix}cpu_us", used.CpuSeconds * 1e6 / count)
            .With($"{prefix}generator_cpu_us", own.CpuSeconds * 1e6 / count)
            .With($"{prefix}allocated_bytes", (double)stored.AllocatedBytes / count)
            .With($"{prefix}appends", (double)stored.Appends / count)
            .With($"{prefix}commits", (double)stored.Commits / count)
            .With($"{prefix}disk_bytes", (double)used.DiskBytes / count)
            .With($"{prefix}writer_apply_us", stored.ApplyTime.TotalMicroseconds / count)
            .With($"{prefix}writer_commit_us", stored.CommitTime.TotalMicroseconds / count);
        return (used.CpuSeconds + own.CpuSeconds) * 1e6 / count;
    }
}
