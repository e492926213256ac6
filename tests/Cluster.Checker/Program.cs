using Cluster.Checker.Dumping;
using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;

namespace Cluster.Checker;

/// <summary>
/// <c>check FILE</c>: 0 clean, 1 something is broken, 2 the file cannot be read.
/// <c>dump-sqlite FOLDER</c>, <c>dump-postgres ADDRESS</c>: a dump, to standard output.
/// </summary>
internal static class Program
{
    /// <summary>How many breaches are printed.</summary>
    private const int MostPrinted = 200;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["check", var file]: return Check(file, Console.Out, Console.Error);
            case ["dump-sqlite", var folder]: return Write(JournalDump.OfFolder(folder), Console.Out);
            case ["dump-postgres", var address]: return Write(JournalDump.OfPostgres(address), Console.Out);
            default:
                Console.Error.WriteLine("check FILE | dump-sqlite FOLDER | dump-postgres ADDRESS");
                return 2;
        }
    }

    internal static int Check(string file, TextWriter output, TextWriter errors)
    {
        IReadOnlyList<Breach> breaches;
        Dump dump;
        try
        {
            using var reader = new StreamReader(file);
            dump = Dump.Read(reader);
            breaches = AllRules.Check(dump);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or System.Text.Json.JsonException
            or NotSupportedException or Google.Protobuf.InvalidProtocolBufferException)
        {
            errors.WriteLine($"{file}: {e.Message}");
            return 2;
        }

        foreach (var breach in breaches.Take(MostPrinted))
            output.WriteLine(breach);
        output.WriteLine(FormattableString.Invariant($"{dump.Executions.Count} executions, {dump.Rows.Count} rows, {breaches.Count} breaches"));
        return breaches.Count == 0 ? 0 : 1;
    }

    private static int Write(IEnumerable<DumpRecord> records, TextWriter output)
    {
        foreach (var record in records)
            output.WriteLine(Dump.Line(record));
        return 0;
    }
}
