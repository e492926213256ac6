using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What a client asks of any node: the closed family.</summary>
/// <param name="About">The start that it is about.</param>
internal abstract record Ask(ClientStart About)
{
    internal sealed record Start(ClientStart About) : Ask(About);

    internal sealed record Stop(ClientStart About) : Ask(About);

    internal sealed record Describe(ClientStart About) : Ask(About);
}

/// <summary>The answer to <see cref="Ask.Describe"/>.</summary>
/// <param name="Row">The execution's row, or null when there is none of that name.</param>
internal sealed record Described(ExecutionRow? Row);

/// <summary>A start as a client sends it.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Name">The execution's name.</param>
/// <param name="Input">The input.</param>
/// <param name="Client">Who: each makes one call after the other.</param>
internal sealed record ClientStart(SimulatedMachine Machine, string Name, string Input, int Client)
{
    /// <summary>When the execution started, once that was acknowledged to this client.</summary>
    internal long? StartDate { get; set; }

    /// <summary>The end that this client was shown, if any.</summary>
    internal ExecutionRow? SeenEnded { get; set; }

    internal byte[] InputUtf8 => Encoding.UTF8.GetBytes(Input);

    internal ClientStart Again() => new(Machine, Name, Input, Client);

    /// <summary>The start as it comes to a shard.</summary>
    /// <param name="request">The number of this request: it is stored with the execution that it starts.</param>
    internal StartEntity Message(long request)
    {
        var utf8 = InputUtf8;
        var start = new ExecutionStart
        {
            ExecutionArn = $"arn:aws:states:{Workload.Region}:{Workload.Account}:execution:{Machine.Name}:{Name}",
            Name = Name,
            StateMachineArn = $"arn:aws:states:{Workload.Region}:{Workload.Account}:stateMachine:{Machine.Name}",
            StateMachineName = Machine.Name,
            RoleArn = $"arn:aws:iam::{Workload.Account}:role/simulated",
            DefinitionHash = Convert.ToHexStringLower(Machine.Hash),
            RequestId = request.ToString(CultureInfo.InvariantCulture),
        };
        return new StartEntity(
            new EntityName(Workload.Account, Workload.Region, Machine.Name, Name),
            new StartExecution(start, Payload.OfText(utf8), SHA256.HashData(utf8), Machine.Definition, Machine.Hash));
    }
}
