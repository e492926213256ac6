// Rooms that break the rules on purpose: the tests show that each break is found. The real code never sees these types.

using System.Collections.Concurrent;
using System.Diagnostics;
using Cluster.Node.Tests.Architecture.Planted.Executions;

namespace Cluster.Node.Tests.Architecture.Planted.Timers
{
    internal sealed class KnowsInSignature
    {
        public static void Take(Execution _)
        {
        }
    }

    internal sealed class KnowsInBody
    {
        public static int Count() => new List<Execution>().Count;
    }

    internal sealed class KnowsInClosure
    {
        public static Func<string> Make() => () => Execution.Text;
    }

    internal sealed class KnowsInAttribute
    {
        [Mark]
        public int Value { get; set; }
    }

    internal sealed class KnowsNobody
    {
        public static string Text => "Executions";
    }
}

namespace Cluster.Node.Tests.Architecture.Planted.Executions
{
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class MarkAttribute : Attribute;

    internal sealed class Execution
    {
        public static string Text => typeof(Execution).Name;
    }

    internal sealed class Awaits
    {
        public static async Task Go(Task other) => await other;
    }

    internal sealed class RunsTask
    {
        public static Func<Task> Go => () => Task.Run(() => { });
    }

    internal sealed class Continues
    {
        public static Task Go(Task<int> other) => other.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    internal sealed class AsksClock
    {
        public static DateTimeOffset Go => TimeProvider.System.GetUtcNow();
    }

    internal sealed class AsksTicks
    {
        public static long Go => Environment.TickCount64;
    }

    internal sealed class Measures
    {
        public static long Go => Stopwatch.GetTimestamp();
    }

    internal sealed class Queues
    {
        public static void Go() => ThreadPool.QueueUserWorkItem(_ => { });
    }

    internal sealed class HashesText
    {
        public static int Go(string text) => text.GetHashCode(StringComparison.Ordinal);
    }

    internal sealed class HashesParts
    {
        public static int Go(int a, int b) => HashCode.Combine(a, b);
    }

    internal sealed class WalksSet
    {
        public static int First(HashSet<int> set)
        {
            foreach (var item in set)
                return item;
            return 0;
        }
    }

    internal sealed class WalksValues
    {
        public static int Sum(ConcurrentDictionary<int, int> map) => map.Values.Sum();
    }

    internal sealed class Decides
    {
        public static int Go(Dictionary<int, int> map, List<int> order) => order.Sum(key => map[key]);
    }
}

namespace Cluster.Node.Tests.Architecture.Planted.Drawer
{
    internal sealed class Anything;
}

namespace Cluster.Node.Tests.Architecture.Planted.Journal
{
    internal sealed class CallsOut
    {
        public static void Go(HttpClient client) => client.CancelPendingRequests();
    }
}

namespace Cluster.Node.Tests.Architecture.Planted.Tasks.Lambda
{
    internal sealed class CallsOut
    {
        public static void Go(HttpClient client) => client.CancelPendingRequests();
    }
}
