using System.Globalization;
using System.Text;

namespace Cluster.Node.Database;

/// <summary>
/// The exclusive right to a data directory. It is held by an open file, so it ends with the process, however that ends. A second file
/// tells the number of the process, for the message to the next one only.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    /// <summary>The name of the lock file in the directory.</summary>
    public const string FileName = "lock";

    /// <summary>The name of the file with the number of the process.</summary>
    public const string ProcessFileName = "lock.pid";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, which is made when there is none.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="refusal">Why it was not taken, for the person who started the process; null when it was.</param>
    /// <returns>The lock, or null when another process has it.</returns>
    public static DataDirectoryLock? TryTake(string directory, out string? refusal)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            refusal = $"data directory {directory} is in use by {Holder(directory)}";
            return null;
        }

        try
        {
            File.WriteAllText(
                Path.Combine(directory, ProcessFileName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Encoding.ASCII);
        }
        catch (IOException)
        {
            // A full disk takes no number; whether the store can do without room is its own business.
        }

        refusal = null;
        return new DataDirectoryLock(file);
    }

    /// <summary>
    /// Keeps others from taking a directory while it is looked at, and writes nothing into it. One that was never taken has no lock to hold:
    /// then there is nothing to keep them with.
    /// </summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="refusal">Why it may not be looked at; null when it may.</param>
    /// <returns>What ends it, or null where there is no lock or it was refused.</returns>
    public static DataDirectoryLock? TryHold(string directory, out string? refusal)
    {
        refusal = null;
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return new DataDirectoryLock(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (IOException)
        {
            refusal = $"data directory {directory} is in use by {Holder(directory)}";
            return null;
        }
    }

    /// <summary>Gives the directory free. The file stays: deleting it would let two processes hold locks on two files of that name.</summary>
    public void Dispose() => _file.Dispose();

    private static string Holder(string directory)
    {
        var path = Path.Combine(directory, ProcessFileName);
        return File.Exists(path)
            && int.TryParse(File.ReadAllText(path, Encoding.ASCII), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? string.Create(CultureInfo.InvariantCulture, $"process {process}")
            : "another process";
    }
}
