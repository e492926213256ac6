using System.Globalization;
using Cluster.Testing.BadInput;
using Xunit;

namespace Cluster.Integration.Tests.BadInput;

/// <summary>
/// Whatever comes, the server answers soon, forgets it, lives, and others go on. One server takes all cases of a table, so that what each
/// leaves behind adds up.
/// </summary>
[Trait("Suite", "BadInput")]
public sealed class BadInputTests(BadInputTests.OneServer server, BadInputTests.OneServerWithoutLimit unlimited, ITestOutputHelper output)
    : IClassFixture<BadInputTests.OneServer>, IClassFixture<BadInputTests.OneServerWithoutLimit>
{
    private const long MaxHeapGrowth = 32L << 20;
    private const long MaxResident = 256L << 20;

    private static readonly TimeSpan ForgottenWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WitnessWithin = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Cases => [.. BadInputCases.All.Select(one => one.Name)];

    public static TheoryData<string> CasesWithoutHistoryLimit => [.. BadInputCases.WithoutHistoryLimit.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Bad_input_is_answered_soon_and_forgotten(string name) => HoldAsync(server, BadInputCases.All.Single(one => one.Name == name));

    [Theory]
    [MemberData(nameof(CasesWithoutHistoryLimit))]
    public Task Without_a_limit_of_history_a_loop_is_still_in_hand(string name) =>
        HoldAsync(unlimited, BadInputCases.WithoutHistoryLimit.Single(one => one.Name == name));

    private async Task HoldAsync(OneServer on, BadInputCase what)
    {
        var figures = await on.Server.RunAsync(what);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what.Name}: slowest answer {figures.Slowest.TotalMilliseconds:F0} ms, others {figures.WitnessSlowest.TotalMilliseconds:F0} ms, heap {figures.HeapGrowth / 1048576.0:F1} MiB more, resident {figures.ResidentBytes >> 20} MiB (at most {figures.PeakBytes >> 20})"));
        Assert.False(on.Server.HasExited, on.Server.Output);
        Assert.True(figures.Slowest <= what.Within, $"the slowest answer took {figures.Slowest}");
        Assert.True(figures.WitnessSlowest <= WitnessWithin, $"an ordinary execution took {figures.WitnessSlowest}");
        Assert.True(figures.HeapGrowth <= MaxHeapGrowth, $"the live heap grew by {figures.HeapGrowth >> 20} MiB");
        Assert.True(figures.ResidentBytes <= MaxResident, $"the process held {figures.ResidentBytes >> 20} MiB");
    }

    /// <summary>A server as it ships.</summary>
    public class OneServer : IAsyncLifetime
    {
        public BadInputServer Server { get; private set; } = null!;

        protected virtual string[] Arguments => [];

        public async ValueTask InitializeAsync() => Server = await BadInputServer.RunAsync(Arguments);

        /// <summary>What all cases together have left is within the bound of one; the shared pools of buffers let go after a minute.</summary>
        public async ValueTask DisposeAsync()
        {
            await using (Server)
                await Server.ForgetAsync(MaxHeapGrowth, within: ForgottenWithin);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>A server without a limit of history.</summary>
    public sealed class OneServerWithoutLimit : OneServer
    {
        protected override string[] Arguments => ["--set", "node:historyLimit=0"];
    }
}
