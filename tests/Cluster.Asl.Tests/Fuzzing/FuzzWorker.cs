using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cluster.Asl.Tests.Fuzzing;

/// <summary>What one process saw.</summary>
/// <param name="Culture">The culture that it really had, shown by how it writes numbers and the letter i.</param>
/// <param name="Zone">The offset of local time that it really had.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Ran">How many of them were valid machines, which ran.</param>
/// <param name="SlowestMs">How long the slowest case took.</param>
/// <param name="SlowestSeed">Which that was.</param>
/// <param name="Digest">A hash of all that could be seen of those cases that every process runs.</param>
/// <param name="Faults">Cases that crashed or took too long.</param>
internal sealed record FuzzReport(string Culture, string Zone, int Cases, int Ran, double SlowestMs, int SlowestSeed, string Digest, IReadOnlyList<string> Faults);

/// <summary>Runs the cases of one process, in its culture and time zone.</summary>
internal static class FuzzWorker
{
    /// <summary>The cases that every process runs.</summary>
    public const int SharedCases = 400;

    /// <summary>No case may take longer. One that did is tried again: a busy machine slows whatever runs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private const int FaultsShown = 5;

    public static FuzzReport Run(string culture, int first, int count)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var (faults, ran, slowest, slowestSeed) = (new List<string>(), 0, TimeSpan.Zero, 0);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < SharedCases + count && faults.Count < FaultsShown; i++)
        {
            var seed = i < SharedCases ? i : SharedCases + first + i;
            var @case = new FuzzCase(seed);
            try
            {
                var took = Timed(@case, i < SharedCases, out var seen);
                if (took > Longest)
                    took = Timed(@case, i < SharedCases, out seen);
                if (took > Longest)
                    faults.Add($"seed {seed} took {took.TotalSeconds} s: {Encoding.UTF8.GetString(@case.Text)}");
                if (took > slowest)
                    (slowest, slowestSeed) = (took, seed);
                ran += @case.HasRun ? 1 : 0;
                if (i < SharedCases)
                    digest.AppendData(Encoding.UTF8.GetBytes(seen));
            }
            catch (Exception e)
            {
                faults.Add($"seed {seed}: {e}\n{Encoding.UTF8.GetString(@case.Text)}\n{Encoding.UTF8.GetString(@case.Input)}");
            }
        }

        return new FuzzReport(
            $"{culture} {1.5.ToString(CultureInfo.CurrentCulture)} {"i".ToUpper(CultureInfo.CurrentCulture)}",
            TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UnixEpoch).ToString("c", CultureInfo.InvariantCulture),
            SharedCases + count,
            ran,
            slowest.TotalMilliseconds,
            slowestSeed,
            Convert.ToHexStringLower(digest.GetHashAndReset()),
            faults);
    }

    private static TimeSpan Timed(FuzzCase @case, bool isSeen, out string seen)
    {
        var clock = Stopwatch.StartNew();
        seen = @case.Run(isSeen);
        return clock.Elapsed;
    }

    public static void Write(string path, FuzzReport report) => File.WriteAllText(path, JsonSerializer.Serialize(report));

    public static FuzzReport Read(string path) => JsonSerializer.Deserialize<FuzzReport>(File.ReadAllText(path))!;
}
