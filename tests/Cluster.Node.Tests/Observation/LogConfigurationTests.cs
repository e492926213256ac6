using System.Globalization;
using Cluster.Node.Observation;
using Xunit;

namespace Cluster.Node.Tests.Observation;

/// <summary>How a machine's logging configuration is understood.</summary>
public sealed class LogConfigurationTests
{
    [Theory]
    [InlineData("ALL", ExecutionLogLevel.All)]
    [InlineData("ERROR", ExecutionLogLevel.Error)]
    [InlineData("FATAL", ExecutionLogLevel.Fatal)]
    [InlineData("OFF", ExecutionLogLevel.Off)]
    [InlineData("LOUD", ExecutionLogLevel.Off)]
    public void Level_data_and_group_are_read(string level, ExecutionLogLevel expected)
    {
        var text = $$$"""{"level":"{{{level}}}","includeExecutionData":true,"destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:/aws/vendedlogs/states/orders:*"}}]}""";
        Assert.Equal(new LogConfiguration(expected, IncludeExecutionData: true, "/aws/vendedlogs/states/orders"), LogConfiguration.Read(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"level\":1}")]
    [InlineData("{\"level\":\"ALL\",\"destinations\":1}")]
    public void What_cannot_be_read_logs_nothing(string text) => Assert.Equal(ExecutionLogLevel.Off, LogConfiguration.Read(text).Level);

    [Fact]
    public void Without_a_group_there_is_a_stream_without_name() =>
        Assert.Equal("", LogConfiguration.Read("{\"level\":\"ALL\",\"destinations\":[]}").LogGroup);

    [Fact]
    public void Nothing_is_allocated_for_a_machine_that_logs_nothing()
    {
        var configurations = new LogConfigurations();
        Assert.Same(LogConfiguration.Off, configurations.Of(null));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            configurations.Of("{\"level\":\"OFF\",\"includeExecutionData\":false}");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Texts_are_read_once_and_a_limit_holds_how_many_are_kept()
    {
        var configurations = new LogConfigurations();
        Assert.Same(configurations.Of("{\"level\":\"ALL\"}"), configurations.Of("{\"level\":\"ALL\"}"));
        for (var i = 0; i < 2 * LogConfigurations.Most; i++)
            configurations.Of(string.Create(CultureInfo.InvariantCulture, $"{{\"level\":\"ALL\",\"n\":{i}}}"));
        Assert.InRange(configurations.Count, 1, LogConfigurations.Most);
    }
}
