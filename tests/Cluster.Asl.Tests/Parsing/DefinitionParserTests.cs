using Cluster.Asl.Definitions;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class DefinitionParserTests
{
    [Fact]
    public void A_machine_is_read_with_its_states_in_document_order()
    {
        var result = Definition.Read(
            """
            {
              "Comment": "two", "StartAt": "B", "Version": "1.0", "TimeoutSeconds": 60, "QueryLanguage": "JSONPath",
              "States": {
                "A": {"Type": "Succeed", "Comment": "done"},
                "B": {"Type": "Pass", "Result": {"x": 1.50}, "ResultPath": null, "Next": "A"}
              }
            }
            """);

        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        Assert.Empty(result.Diagnostics);
        var machine = result.Definition;
        Assert.Equal("two", machine.Comment);
        Assert.Equal(60, machine.TimeoutSeconds);
        Assert.Equal("B", machine.Root.StartAt.Name);
        Assert.Equal("A B", string.Join(" ", machine.Root.States.Select(s => s.Name)));
        Assert.True(machine.Root.TryGetState("A", out var a));
        Assert.Equal("done", a.Comment);
        var b = Assert.IsType<PassState>(machine.Root.StartAt);
        Assert.Equal("A", b.Next);
        Assert.Equal("""{"x":1.50}""", b.Result!.ToString());
        Assert.Null(b.ResultPath.Path);
    }
}
