using System.Data;
using System.Runtime.InteropServices;
using Npgsql;

namespace Cluster.Node.Database.Postgres;

/// <summary>What a failure of the database means for what was being done.</summary>
internal enum PostgresFailure
{
    /// <summary>The statement was undone and may succeed later: the database is full, busy, or somebody is in the way.</summary>
    Undone,

    /// <summary>The connection is gone; if a statement was under way, nobody knows yet whether it was committed.</summary>
    Lost,

    /// <summary>The statement was undone, for something in it can never be stored.</summary>
    Refused,

    /// <summary>Trying again cannot cure it: the tables or this program are not what they should be.</summary>
    Broken,
}

/// <summary>Judges failures of the driver.</summary>
internal static class PostgresFailures
{
    private const string Error = "ERROR";
    private const int ClassLength = 2;

    /// <summary>The judgement over an exception.</summary>
    public static PostgresFailure Judge(Exception failure) => failure switch
    {
        // After FATAL the connection is closed, and the commit may have come before it.
        PostgresException e when !string.Equals(e.InvariantSeverity, Error, StringComparison.Ordinal) => PostgresFailure.Lost,
        PostgresException e => Judge(e.SqlState),
        _ when IsOfDatabase(failure) => PostgresFailure.Lost,
        _ => PostgresFailure.Broken,
    };

    /// <summary>
    /// Whether a failure is that of a connection which the driver has closed by itself: it does so after some errors, and when it finds the
    /// connection dead between two uses, and then says that it was misused.
    /// </summary>
    public static bool IsDead(NpgsqlConnection connection, Exception failure) =>
        failure is InvalidOperationException && connection.State != ConnectionState.Open;

    /// <summary>Whether the driver, or the network below it, says this; names that cannot be resolved are among it.</summary>
    public static bool IsOfDatabase(Exception failure) => failure is ExternalException or IOException or TimeoutException;

    /// <summary>Whether the same may succeed later.</summary>
    public static bool MayPass(Exception failure) => Judge(failure) is PostgresFailure.Undone or PostgresFailure.Lost;

    /// <summary>Whether the server says that a page or an index is not what it should be: data_corrupted, index_corrupted.</summary>
    public static bool IsDamage(Exception failure) => failure is PostgresException { SqlState: "XX001" or "XX002" };

    private static PostgresFailure Judge(string sqlState) => sqlState.Length < ClassLength ? PostgresFailure.Broken : sqlState[..ClassLength] switch
    {
        // Connection, transaction rolled back, resources, lock, operator, system.
        "08" or "40" or "53" or "55" or "57" or "58" => PostgresFailure.Undone,

        // A server that has become a standby takes no writes until the connection is made anew.
        "25" => PostgresFailure.Lost,

        // A value, a constraint, a limit of the server.
        "22" or "23" or "54" => PostgresFailure.Refused,
        _ => PostgresFailure.Broken,
    };
}
