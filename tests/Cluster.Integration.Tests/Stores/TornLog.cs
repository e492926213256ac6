using System.Globalization;
using Cluster.Node.Journal.Sqlite;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>What damages lost.</summary>
/// <param name="Damages">Damages that lost a commit.</param>
/// <param name="Commits">Commits that were lost.</param>
/// <param name="Rows">Rows of journal in them.</param>
/// <param name="Events">Events in these.</param>
/// <param name="Starts">Acknowledged starts among what was lost.</param>
internal readonly record struct Losses(int Damages, int Commits, int Rows, int Events, int Starts)
{
    public static Losses operator +(Losses a, Losses b) =>
        new(a.Damages + b.Damages, a.Commits + b.Commits, a.Rows + b.Rows, a.Events + b.Events, a.Starts + b.Starts);
}

/// <summary>The files of a killed process, whole, and what its callers had been told.</summary>
internal sealed class TornLog
{
    private readonly byte[] _file;
    private readonly byte[] _log;
    private readonly LogFile _frames;
    private readonly int _commits;

    public TornLog(string folder, IReadOnlyList<SeenStart> told)
    {
        Told = told;
        using (var index = LogFile.OpenIndex(folder))
            _frames = LogFile.Read(index);
        _file = File.ReadAllBytes(Path.Combine(folder, SqliteStore.FileName));
        _log = File.ReadAllBytes(Path.Combine(folder, SqliteStore.FileName + LogFile.Suffix));
        _frames = _frames.ValidIn(_log);
        _commits = _frames.Commits(_log, _log.Length);
        Whole = StoredJournal.Read(folder);
        Assert.All(told.Where(start => start.Acknowledged), start => Assert.True(Whole.Names.Contains(start.Name), $"{start.Name} was acknowledged and is lost by the kill alone"));
    }

    /// <summary>What callers saw, of all processes on the folder.</summary>
    public IReadOnlyList<SeenStart> Told { get; }

    public StoredJournal Whole { get; }

    /// <summary>Whether the first of the valid frames are in the file already.</summary>
    public bool IsPartlyCopied => _frames.Copied > 0 && _frames.Copied < _frames.Frames;

    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"killed: file of {_file.Length} bytes, log of {_log.Length}, of which {_frames.Frames} frames are valid and {_frames.Copied} copied, with {_commits} commits; {Whole.Rows.Count} rows, {Whole.Events} events, {Told.Count(start => start.Acknowledged)} acknowledged starts");

    /// <summary>Random places behind the last frame that was copied and before the end of the log, in order.</summary>
    public IReadOnlyList<long> Places(Random random, int count)
    {
        var places = new SortedSet<long>();
        while (places.Count < count)
            places.Add(random.NextInt64(_frames.CopiedEnd + 1, _log.Length));
        return [.. places];
    }

    /// <summary>Lays a copy with the log damaged, and without its index.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="at">The byte at which the log is damaged.</param>
    /// <param name="flip">The bits of that byte that are the other way round; 0 when the log ends before it.</param>
    public void Copy(string folder, long at, byte flip = 0)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, SqliteStore.FileName), _file);
        using var log = File.OpenHandle(Path.Combine(folder, SqliteStore.FileName + LogFile.Suffix), FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(log, _log.AsSpan(0, flip == 0 ? (int)at : _log.Length), 0);
        if (flip != 0)
            RandomAccess.Write(log, [(byte)(_log[at] ^ flip)], at);
    }

    /// <summary>Holds what a damage left against the whole journal and against what callers were told.</summary>
    public Losses Judge(StoredJournal left, long at)
    {
        var lost = _commits - _frames.Commits(_log, at);
        Assert.True(left.IsPrefixOf(Whole), $"damaged at {at}: {left.Rows.Count} rows are not the first of {Whole.Rows.Count}");
        Assert.True(left.Names.IsSubsetOf(Whole.Names), $"damaged at {at}: there are names that nobody took");
        if (lost == 0)
            Assert.True(left.Rows.Count == Whole.Rows.Count && left.Names.SetEquals(Whole.Names), $"damaged at {at}: something is lost, and no commit was damaged");

        // Whoever was told of a start before another was even sent must not miss it while that is there.
        var gone = Told.Where(start => start.Acknowledged && !left.Names.Contains(start.Name)).ToList();
        var firstGone = gone.Count == 0 ? long.MaxValue : gone.Min(start => start.Answered);
        var late = Told.FirstOrDefault(start => left.Names.Contains(start.Name) && start.Invoked > firstGone);
        Assert.True(late is null, $"damaged at {at}: {late?.Name} is there, and an earlier start that was acknowledged is not");
        return new Losses(lost > 0 ? 1 : 0, lost, Whole.Rows.Count - left.Rows.Count, Whole.Events - left.Events, gone.Count);
    }
}
