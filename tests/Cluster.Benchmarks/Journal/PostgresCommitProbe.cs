using System.Diagnostics;
using Cluster.Benchmarks.Figures;
using Npgsql;

namespace Cluster.Benchmarks.Journal;

/// <summary>The yardstick of latencies on PostgreSQL: a prepared insert of one row of 300 bytes, committed by itself, on the server that is measured.</summary>
internal sealed class PostgresCommitProbe : IDisposable
{
    private const int RowBytes = 300;

    private readonly NpgsqlCommand _insert;

    /// <summary>Makes a table of its own, if it is not there yet.</summary>
    /// <param name="connection">A connection to the server, with its durability.</param>
    public PostgresCommitProbe(NpgsqlConnection connection)
    {
        using (var make = new NpgsqlCommand("CREATE TABLE IF NOT EXISTS public.probe (id bigserial PRIMARY KEY, bytes bytea NOT NULL)", connection))
            make.ExecuteNonQuery();
        _insert = new NpgsqlCommand("INSERT INTO public.probe (bytes) VALUES ($1)", connection);
        _insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[RowBytes] });
        _insert.Prepare();
    }

    /// <summary>Commits a row on the calling thread.</summary>
    /// <param name="times">Takes how long it took.</param>
    public void Commit(Samples times)
    {
        var began = Stopwatch.GetTimestamp();
        _insert.ExecuteNonQuery();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    public void Dispose() => _insert.Dispose();
}
