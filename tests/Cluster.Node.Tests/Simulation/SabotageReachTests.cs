using System.Reflection;
using Cluster.Node.Executions;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Node.Tests.Architecture;
using Cluster.Node.Tests.Simulation.Sabotages;
using Xunit;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What breaks the ports on purpose lives in the tests alone: nothing that is shipped can reach it, by whatever setting.</summary>
[Trait("Suite", "Simulation")]
public sealed class SabotageReachTests
{
    private static readonly Assembly[] Shipped =
    [
        typeof(Asl.Interpreter.Execution).Assembly, typeof(Protocol.Errors.AwsError).Assembly, typeof(Gateway.Hosting.GatewayOptions).Assembly,
        typeof(ClusterSettings).Assembly,
    ];

    /// <summary>Everything shipped that stands in a port that a sabotage decorates.</summary>
    private static readonly string[] Known =
    [
        "Cluster.Node.Journal.InMemory.InMemoryDoor", "Cluster.Node.Journal.InMemory.InMemoryStore",
        "Cluster.Node.Journal.Postgres.PostgresStore", "Cluster.Node.Journal.Sqlite.SqliteStore", "Cluster.Node.Hosting.StoreRegister",
        "Cluster.Node.Tasks.Lambda.LambdaTaskRunner", "Cluster.Node.Tasks.IntegrationRunner",
        "Cluster.Node.Tasks.StepFunctions.StartExecutionRunner", "Cluster.Node.Tasks.StepFunctions.SdkActionRunner",
        "Cluster.Node.Executions.NoFaultPoints", "Cluster.Node.Executions.EffectRunner",
    ];

    private static readonly Type[] Ports =
    [
        typeof(IExecutionJournal), typeof(IRegisterPort), typeof(IClusterRegister), typeof(ITaskRunner), typeof(ITaskReply),
        typeof(IFaultPoints),
    ];

    private static readonly string[] Loading =
    [
        "System.Reflection.Assembly.Load", "System.Reflection.Assembly.LoadFrom", "System.Reflection.Assembly.LoadFile",
        "System.Reflection.Assembly.UnsafeLoadFrom", "System.Runtime.Loader.AssemblyLoadContext", "System.Type.GetType",
        "System.Activator.CreateInstanceFrom", "System.AppDomain",
    ];

    [Fact]
    public void Nothing_shipped_refers_to_the_tests() => Assert.All(Shipped, assembly => Assert.DoesNotContain(
        assembly.GetReferencedAssemblies(), name => name.Name!.Contains("Tests", StringComparison.Ordinal) || name.Name == "Cluster.Testing"));

    [Fact]
    public void Every_shipped_stand_in_for_a_port_is_known()
    {
        var found = Shipped.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsInterface: false } && Ports.Any(port => port.IsAssignableFrom(type)))
            .Select(type => type.FullName!).Order(StringComparer.Ordinal);
        Assert.Equal(Known.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void No_shipped_name_speaks_of_a_sabotage()
    {
        var words = typeof(Sabotage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Sabotage))).Select(type => type.Name).ToList();
        Assert.True(words.Count >= 6);
        words.AddRange(["Sabotage", "Chaos"]);
        var names = Shipped.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(member => member.Name).Append(type.FullName!));
        Assert.DoesNotContain(names, name => words.Exists(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>No name in a setting can bring code in: what is not referred to is not loaded.</summary>
    [Fact]
    public void Nothing_shipped_loads_code_by_name()
    {
        var uses = Shipped.SelectMany(assembly => CodeScan.Of(assembly.Location)).SelectMany(type => type.Uses.Select(use => $"{type.Name} uses {use}"));
        Assert.DoesNotContain(uses, use => Loading.Any(way => use.EndsWith($" uses {way}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("-00:00:01")]
    public void The_margin_of_a_lease_cannot_be_set_below_zero(string margin)
    {
        var reading = SettingsSource.Read(
            new Dictionary<string, string> { ["sharding:margin"] = margin }, new Dictionary<string, string>(), file: null);
        Assert.Contains(reading.Errors, error => $"{error}".Contains("margin", StringComparison.Ordinal));
    }
}
