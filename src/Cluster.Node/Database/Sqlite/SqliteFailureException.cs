using System.Globalization;
using SQLitePCL;

namespace Cluster.Node.Database.Sqlite;

/// <summary>A call of SQLite that did not do what it should.</summary>
internal sealed class SqliteFailureException : IOException
{
    private const int PrimaryMask = 0xFF;
    private const int IndexCannotGrow = raw.SQLITE_IOERR | (19 << 8);

    public SqliteFailureException(int code, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"SQLite: {message} (code {code})"))
    {
        Code = code;
    }

    /// <summary>The extended result code.</summary>
    public int Code { get; }

    /// <summary>Whether the same may succeed later: the disk is full, fails, or another connection is in the way.</summary>
    public bool MayPass => (Code & PrimaryMask) is raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR
        or raw.SQLITE_NOMEM or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    /// <summary>Whether the disk has no room, or the file may not grow; the log's index has a code of its own for that.</summary>
    public bool IsFull => (Code & PrimaryMask) == raw.SQLITE_FULL || Code == IndexCannotGrow;

    /// <summary>
    /// Whether a commit that failed with this may still be found written after a crash: a flush that failed says nothing about what
    /// reached the disk. A full disk does, for the commit mark is written last.
    /// </summary>
    public bool LeavesCommitUnknown => (Code & PrimaryMask) == raw.SQLITE_IOERR;
}
