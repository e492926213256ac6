using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

/// <summary>Short ways to read a definition in a test.</summary>
internal static class Definition
{
    public static DefinitionResult Read(string text) => DefinitionParser.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>A machine of one state "S" with these fields; it must be valid.</summary>
    public static TState State<TState>(string fields)
        where TState : StateDefinition
    {
        var result = OneState(fields);
        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        return Assert.IsType<TState>(result.Definition.Root.StartAt);
    }

    public static DefinitionResult OneState(string fields) =>
        Read($$"""{"StartAt": "S", "States": {"S": {{{fields}}} } }""");

    /// <summary>The diagnostics as AWS joins them, without the frame.</summary>
    public static string Diagnostics(string text)
    {
        const string frame = "Invalid State Machine Definition: '";
        var result = Read(text);
        return result.IsValid ? "" : result.InvalidDefinitionMessage[frame.Length..^1];
    }
}
