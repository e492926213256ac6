using System.Globalization;
using System.Text;
using Cluster.Benchmarks.Core;

namespace Cluster.Benchmarks.Load;

/// <summary>The workloads with branches: W3, W4, and branches that cost processor time.</summary>
internal static class BranchMachines
{
    /// <summary>Items of W3.</summary>
    public const int Items = 1_000;

    /// <summary>History events of W3: start, end, four of the Map, four of each iteration.</summary>
    public const int MapEvents = 2 + 4 + (4 * Items);

    /// <summary>History events of W4: start, end, four of the Parallel, two of each state.</summary>
    public const int ParallelEvents = 2 + 4 + (2 * Branches * StatesOfBranch);

    private const int Branches = 10;
    private const int StatesOfBranch = 5;

    /// <summary>The input of W3, 31 KB.</summary>
    public static string MapInput { get; } = "[" + string.Join(',', Enumerable.Range(0, Items).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{i},\"sku\":\"x-{i}\",\"count\":2}}"))) + "]";

    /// <summary>W4.</summary>
    public static string ParallelTenByFive { get; } = Parallel(Branches, StatesOfBranch, "");

    /// <summary>W3: a Map over 1,000 items with one Pass each.</summary>
    /// <param name="maxConcurrency">How many at a time; 0 is as many as there may be.</param>
    public static string Map(int maxConcurrency) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"StartAt\":\"Each\",\"States\":{{\"Each\":{{\"Type\":\"Map\",\"MaxConcurrency\":{maxConcurrency},\"End\":true,\"ItemProcessor\":{CoreMachines.Chain(1, "")}}}}}}}");

    /// <summary>A Parallel whose branches are lines of Pass states.</summary>
    /// <param name="branches">How many branches.</param>
    /// <param name="states">How many states in each.</param>
    /// <param name="fields">The fields of each state beside Type and Next, as JSON with a comma behind it.</param>
    public static string Parallel(int branches, int states, string fields)
    {
        var text = new StringBuilder("""{"StartAt":"All","States":{"All":{"Type":"Parallel","ResultPath":null,"End":true,"Branches":[""");
        for (var i = 1; i <= branches; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"B{i}-");
            text.Append(i == 1 ? "" : ",").Append(CoreMachines.Chain(states, fields, prefix));
        }

        return text.Append("]}}}").ToString();
    }
}
