using System.Text;
using Cluster.Asl.Parsing;
using Cluster.Node.Tests.Architecture;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

public sealed class SampleDefinitionTests
{
    [Fact]
    public void The_order_processing_sample_is_a_definition_without_any_diagnostic()
    {
        var result = DefinitionParser.Parse(Encoding.UTF8.GetBytes(Repository.Read("samples/order-processing/order-processing.asl.json")));

        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        Assert.Empty(result.Diagnostics);
    }
}
