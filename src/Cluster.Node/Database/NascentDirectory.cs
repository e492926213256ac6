namespace Cluster.Node.Database;

/// <summary>
/// A directory that appears under its name all at once and durably, or not at all. Until then it is filled beside it, under a name that
/// ends in <see cref="Suffix"/>. Only its owner can look into it, for it holds what the store holds.
/// </summary>
internal sealed class NascentDirectory : IDisposable
{
    /// <summary>What the name ends in until it is published.</summary>
    public const string Suffix = ".partial";

    private readonly string _final;
    private bool _published;

    private NascentDirectory(string final)
    {
        _final = final;
        Path = final + Suffix;
    }

    /// <summary>Where it is filled.</summary>
    public string Path { get; }

    /// <summary>Makes one; an empty directory of that name gives way to it.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="refusal">Why there is none, for a person; null otherwise.</param>
    public static NascentDirectory? TryBegin(string path, out string? refusal)
    {
        var final = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var nascent = new NascentDirectory(final);
        refusal = Judge(nascent);
        if (refusal is not null)
            return null;
        try
        {
            if (Directory.Exists(final))
                Directory.Delete(final);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(final)!);
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(nascent.Path);
            else
                Directory.CreateDirectory(nascent.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return nascent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = $"{final} cannot be made: {e.Message}";
            return null;
        }
    }

    /// <summary>Makes its files durable and gives it its name.</summary>
    /// <exception cref="IOException">It could not be made durable, or the name is taken meanwhile.</exception>
    public void Publish()
    {
        foreach (var path in Directory.EnumerateFiles(Path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            file.Flush(flushToDisk: true);
        }

        DirectoryFlush.Run(Path);
        Directory.Move(Path, _final);
        _published = true;
        DirectoryFlush.Run(System.IO.Path.GetDirectoryName(_final)!);
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        if (!_published && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static string? Judge(NascentDirectory nascent)
    {
        if (System.IO.Path.GetDirectoryName(nascent._final) is null)
            return $"{nascent._final} is no place for a directory";
        if (File.Exists(nascent._final) || (Directory.Exists(nascent._final) && Directory.EnumerateFileSystemEntries(nascent._final).Any()))
            return $"{nascent._final} is there already and not empty: give another name";
        return Directory.Exists(nascent.Path) || File.Exists(nascent.Path)
            ? $"{nascent.Path} is there: another backup to this place is under way, or one was cut off; remove it if it is left over"
            : null;
    }
}
