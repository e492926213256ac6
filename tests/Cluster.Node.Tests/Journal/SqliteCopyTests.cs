using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Sqlite;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A copy that is made between the transactions of its own source, slice by slice.</summary>
public sealed class SqliteCopyTests : IDisposable
{
    private const int Rows = 4_000;
    private const int RowBytes = 1_000;

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteSession _source;
    private readonly SqliteCopies _copies;
    private int _number;

    public SqliteCopyTests()
    {
        _source = SqliteSession.Open(Path.Combine(_directory.Path, "source"), writable: true, TimeSpan.FromSeconds(1));
        _source.Run("PRAGMA journal_mode = WAL");
        _source.Run("CREATE TABLE t (n INTEGER PRIMARY KEY, text BLOB)");
        _source.BeginWrite();
        for (var n = 1; n <= Rows; n++)
            _source.Prepared("INSERT INTO t VALUES (?1, zeroblob(?2))").Bind(1, n).Bind(2, RowBytes).Run();
        _source.Commit();
        _copies = new SqliteCopies(_source);
    }

    private int Slices => (Rows * (RowBytes + 100) / 4096 / SqliteCopy.SlicePages) + 2;

    public void Dispose()
    {
        _source.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_is_written_between_two_slices_is_in_the_copy_and_does_not_begin_it_anew()
    {
        var slices = await CopyAsync(slice =>
        {
            // Pages that are copied already, pages that are not yet, and new ones.
            Write($"UPDATE t SET text = x'{slice:x8}' WHERE n IN (1, {Rows})");
            Write($"INSERT INTO t VALUES ({Rows + 1 + slice}, zeroblob({RowBytes}))");
            if (slice % 2 == 0)
                _source.Check(_source.Checkpoint(mode: 0, out _, out _));
        });
        Assert.InRange(slices, 2, Slices + 1);
    }

    [Fact]
    public Task A_transaction_that_was_undone_between_two_slices_is_not_in_the_copy() => CopyAsync(slice =>
    {
        if (slice > 2)
            return;
        _source.BeginWrite();
        _source.Run($"UPDATE t SET text = x'{slice:x8}'");
        _source.Undo();
    });

    [Fact]
    public Task What_another_connection_writes_begins_it_anew_and_it_is_right_all_the_same() => CopyAsync(slice =>
    {
        if (slice > 3)
            return;
        using var other = SqliteSession.Open(Path.Combine(_directory.Path, "source"), writable: true, TimeSpan.FromSeconds(1));
        other.Run($"UPDATE t SET text = x'{slice:x8}' WHERE n = 1");
    });

    [Fact]
    public async Task A_second_copy_is_refused_and_the_first_goes_on()
    {
        using var first = Begin(CancellationToken.None);
        _copies.Slice();
        using var second = Begin(CancellationToken.None);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => second.Done);
        while (_copies.UnderWay)
            _copies.Slice();
        Assert.True((await first.Done).Pages > 0);
    }

    [Fact]
    public async Task A_copy_ends_when_it_is_cancelled_and_when_the_writer_ends()
    {
        using var stop = new CancellationTokenSource();
        using var cancelled = Begin(stop.Token);
        _copies.Slice();
        stop.Cancel();
        _copies.Slice();
        Assert.False(_copies.UnderWay);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Done);

        using var closed = Begin(CancellationToken.None);
        _copies.Slice();
        _copies.End();
        Assert.False(_copies.UnderWay);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => closed.Done);
        Write("DELETE FROM t");
    }

    [Fact]
    public async Task A_target_that_stays_locked_ends_the_copy_and_not_the_source()
    {
        var path = Target();
        using var copy = SqliteCopy.Into(path, TimeProvider.System, CancellationToken.None);
        using var other = SqliteSession.Open(path, writable: true, TimeSpan.Zero);
        other.Run("BEGIN EXCLUSIVE");
        _copies.Begin(copy);
        for (var i = 0; _copies.UnderWay && i <= 2 * SqliteCopy.MostBusySlices; i++)
            _copies.Slice();
        Assert.False(_copies.UnderWay);
        await Assert.ThrowsAsync<SqliteFailureException>(() => copy.Done);
        Write("UPDATE t SET text = x'00'");
    }

    /// <summary>Copies, with something done behind each slice, and compares; the number of slices.</summary>
    private async Task<int> CopyAsync(Action<int> between)
    {
        var path = Target();
        using (var copy = SqliteCopy.Into(path, TimeProvider.System, CancellationToken.None))
        {
            _copies.Begin(copy);
            for (var slice = 1; _copies.UnderWay; slice++)
            {
                _copies.Slice();
                if (_copies.UnderWay)
                    between(slice);
            }

            var slices = (await copy.Done).Slices;
            copy.Dispose();
            using var target = SqliteSession.OpenAtRest(path);
            Assert.Equal("ok", target.ReadText("PRAGMA integrity_check"));
            const string Sum = "SELECT count(*) || ' ' || sum(n) || ' ' || group_concat(hex(substr(text, 1, 4))) FROM (SELECT * FROM t ORDER BY n)";
            Assert.Equal(_source.ReadText(Sum), target.ReadText(Sum));
            return slices;
        }
    }

    private SqliteCopy Begin(CancellationToken cancellation)
    {
        var copy = SqliteCopy.Into(Target(), TimeProvider.System, cancellation);
        _copies.Begin(copy);
        return copy;
    }

    private void Write(string sql)
    {
        _source.BeginWrite();
        _source.Run(sql);
        _source.Commit();
    }

    private string Target() => Path.Combine(_directory.Path, string.Create(CultureInfo.InvariantCulture, $"target{++_number}"));
}
