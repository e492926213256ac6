using Cluster.Checker.Dumping;
using Cluster.Checker.Dumps;

namespace Cluster.Checker;

/// <summary>
/// <c>check FILE-OR-FOLDER</c>: 0 clean, 1 something is broken, 2 it cannot be read.
/// <c>dump-sqlite FOLDER</c>, <c>dump-postgres ADDRESS</c>: a dump, to standard output.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["check", var file]: return Check(file, Console.Out, Console.Error);
            case ["dump-sqlite", var folder]: return Write(JournalDump.OfFolder(folder), Console.Out);
            case ["dump-postgres", var address]: return Write(JournalDump.OfPostgres(address), Console.Out);
            default:
                Console.Error.WriteLine("check FILE-OR-FOLDER | dump-sqlite FOLDER | dump-postgres ADDRESS");
                return 2;
        }
    }

    internal static int Check(string file, TextWriter output, TextWriter errors)
    {
        Report report;
        try
        {
            report = Judgement.OfPath(file);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or System.Text.Json.JsonException
            or NotSupportedException or Google.Protobuf.InvalidProtocolBufferException)
        {
            errors.WriteLine($"{file}: {e.Message}");
            return 2;
        }

        output.WriteLine(report);
        return report.IsClean ? 0 : 1;
    }

    private static int Write(IEnumerable<DumpRecord> records, TextWriter output)
    {
        foreach (var record in records)
            output.WriteLine(Dump.Line(record));
        return 0;
    }
}
