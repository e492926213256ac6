using System.Diagnostics;
using Cluster.Benchmarks.Figures;
using Npgsql;

namespace Cluster.Benchmarks.Journal;

/// <summary>The yardstick of latencies on PostgreSQL: a prepared insert of one row of 300 bytes, committed by itself, on the server that is measured.</summary>
internal static class PostgresCommitProbe
{
    private const int RowBytes = 300;

    /// <summary>Commits so many rows to a table of its own, one by one, on the calling thread.</summary>
    /// <param name="connection">A connection to the server, with its durability.</param>
    /// <param name="commits">How many.</param>
    /// <param name="times">Takes the time of each.</param>
    public static void Run(NpgsqlConnection connection, int commits, Samples times)
    {
        using (var make = new NpgsqlCommand("CREATE TABLE IF NOT EXISTS public.probe (id bigserial PRIMARY KEY, bytes bytea NOT NULL)", connection))
            make.ExecuteNonQuery();
        using var insert = new NpgsqlCommand("INSERT INTO public.probe (bytes) VALUES ($1)", connection);
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[RowBytes] });
        insert.Prepare();
        for (var i = 0; i < commits; i++)
        {
            var began = Stopwatch.GetTimestamp();
            insert.ExecuteNonQuery();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
