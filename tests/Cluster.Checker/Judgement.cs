using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;

namespace Cluster.Checker;

/// <summary>The checker as tests use it: records in, a report out.</summary>
public static class Judgement
{
    /// <summary>Files of a run folder that hold records.</summary>
    private const string Files = "*.jsonl";

    /// <summary>Judges records.</summary>
    public static Report Of(IEnumerable<DumpRecord> records) => AllRules.Check(Dump.Of(records));

    /// <summary>Judges a file of records, or all files <c>*.jsonl</c> of a folder together.</summary>
    /// <exception cref="InvalidDataException">A line is no record.</exception>
    public static Report OfPath(string path) => Of(Read(path));

    /// <summary>The records of a file, or of all files <c>*.jsonl</c> of a folder.</summary>
    public static IEnumerable<DumpRecord> Read(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path, Files).Order(StringComparer.Ordinal)] : [path];
        foreach (var file in files)
        {
            using var reader = new StreamReader(file);
            foreach (var record in Dump.Records(reader))
                yield return record;
        }
    }
}
