using System.Diagnostics;
using System.Globalization;

namespace Cluster.Testing;

/// <summary>
/// A file system of a few megabytes, in memory, that a test fills to the last byte. A small shell keeps watch over it: when the process of
/// the tests ends, however it does, the file system goes.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const string Watch = """
        trap '' INT TERM HUP
        mount -t tmpfs -o "size=$2m,mode=0777" tmpfs "$1" || exit 1
        echo mounted
        cat >/dev/null
        umount "$1" || umount -l "$1"
        rmdir "$1"
        """;

    private const int LargeBytes = 1024 * 1024;
    private const int SmallBytes = 512;

    private readonly Process _watch;

    private SmallDisk(string path, Process watch)
    {
        Path = path;
        _watch = watch;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    private string Ballast => this["ballast"];

    /// <summary>Makes one.</summary>
    /// <param name="megabytes">How much it holds.</param>
    /// <param name="refusal">Why it cannot be made here, for the reason of a skipped test; null when it was.</param>
    public static SmallDisk? TryMount(int megabytes, out string? refusal)
    {
        var path = Directory.CreateTempSubdirectory("cluster-disk-").FullName;
        var watch = Process.Start(new ProcessStartInfo("sh", ["-c", Watch, "sh", path, megabytes.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        if (watch.StandardOutput.ReadLine() == "mounted")
        {
            refusal = null;
            return new SmallDisk(path, watch);
        }

        refusal = $"A tmpfs cannot be mounted here ({watch.StandardError.ReadToEnd().Trim()}). NOTHING about full disks was tested.";
        watch.WaitForExit();
        watch.Dispose();
        Directory.Delete(path);
        Console.Error.WriteLine("!!! " + refusal);
        return null;
    }

    /// <summary>Takes all the room that is left. What is freed by others meanwhile may be taken by a further call.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (var size in new[] { LargeBytes, SmallBytes })
        {
            var piece = new byte[size];
            try
            {
                while (true)
                    ballast.Write(piece);
            }
            catch (IOException)
            {
                // Full, for pieces of this size.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        _watch.StandardInput.Close();
        _watch.WaitForExit();
        _watch.Dispose();
    }
}
