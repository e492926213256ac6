using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions;

namespace Cluster.Node.Tests.Simulation;

/// <summary>A machine of the simulated world.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its definition.</param>
/// <param name="Definition">Its definition, compiled.</param>
/// <param name="Hash">SHA-256 of the text.</param>
internal sealed record SimulatedMachine(string Name, string Text, StateMachineDefinition Definition, byte[] Hash)
{
    internal static SimulatedMachine Parse(string name, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var result = DefinitionParser.Parse(utf8);
        return result.Definition is { } definition
            ? new SimulatedMachine(name, text, definition, SHA256.HashData(utf8))
            : throw new InvalidOperationException($"The generator made a bad machine: {result.InvalidDefinitionMessage}\n{text}");
    }
}

/// <summary>The machines of the world, by hash.</summary>
internal sealed class SimulatedDefinitions(IReadOnlyList<SimulatedMachine> machines) : IDefinitionSource
{
    private readonly Dictionary<string, SimulatedMachine> _byHash =
        machines.DistinctBy(m => Convert.ToHexString(m.Hash)).ToDictionary(m => Convert.ToHexString(m.Hash), StringComparer.Ordinal);

    private readonly Dictionary<string, SimulatedMachine> _byName = machines.ToDictionary(m => m.Name, StringComparer.Ordinal);

    public void Request(ReadOnlyMemory<byte> hash, IDefinitionReply reply) => reply.Defined(Machine(hash).Definition, reason: null);

    internal SimulatedMachine? Find(string name) => _byName.GetValueOrDefault(name);

    internal SimulatedMachine Machine(ReadOnlyMemory<byte> hash) => _byHash[Convert.ToHexString(hash.Span)];
}
