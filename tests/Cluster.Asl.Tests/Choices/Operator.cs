using Cluster.Asl.Tests.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

/// <summary>Asks an operator in a machine that runs: <c>$.v</c> is its variable, <c>$.o</c> what its Path form compares with.</summary>
internal static class Operator
{
    /// <summary>Whether a rule of the test on <c>$.v</c> holds for these values.</summary>
    public static bool Holds(string name, string operand, string variable, string other = "null") =>
        RuleHolds($"\"Variable\":\"$.v\",\"{name}\":{operand}", $$"""{"v":{{variable}},"o":{{other}} }""");

    /// <summary>Holds the constant form and the Path form of a comparison to the same answer.</summary>
    public static void Expect(string name, string variable, string operand, bool holds)
    {
        Assert.Equal(holds, Holds(name, operand, variable));
        Assert.Equal(holds, Holds(name + "Path", "\"$.o\"", variable, operand));
    }

    /// <summary>Whether a rule with these fields holds.</summary>
    public static bool RuleHolds(string rule, string input)
    {
        var output = Run(rule, input).Output();
        Assert.Contains(output, (string[])["true", "false"]);
        return output == "true";
    }

    /// <summary>A machine with one Choice A of one rule, run with this input; it puts out true or false.</summary>
    public static Given Run(string rule, string input) => Given.States(
        "\"A\":{\"Type\":\"Choice\",\"Choices\":[{" + rule + ",\"Next\":\"Yes\"}],\"Default\":\"No\"},"
        + "\"Yes\":{\"Type\":\"Pass\",\"Result\":true,\"End\":true},\"No\":{\"Type\":\"Pass\",\"Result\":false,\"End\":true}").Started(input);
}
