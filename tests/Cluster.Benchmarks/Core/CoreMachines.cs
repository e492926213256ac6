using System.Globalization;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;

namespace Cluster.Benchmarks.Core;

/// <summary>Machines for the language alone, and how an execution of one is run without actor and journal.</summary>
internal static class CoreMachines
{
    /// <summary>Some instant; the core asks no clock.</summary>
    public const long Now = 1_790_000_000_000;

    /// <summary>A line of Pass states, each given the rest of its definition.</summary>
    /// <param name="states">How many.</param>
    /// <param name="fields">The fields of each beside Type and Next, as JSON with a comma behind it.</param>
    /// <param name="prefix">What their names begin with.</param>
    public static string Chain(int states, string fields, string prefix = "S")
    {
        var text = new StringBuilder($"{{\"StartAt\":\"{prefix}1\",\"States\":{{");
        for (var i = 1; i <= states; i++)
        {
            var next = i == states ? "\"End\":true" : string.Create(CultureInfo.InvariantCulture, $"\"Next\":\"{prefix}{i + 1}\"");
            text.Append(CultureInfo.InvariantCulture, $"{(i == 1 ? "" : ",")}\"{prefix}{i}\":{{\"Type\":\"Pass\",{fields}{next}}}");
        }

        return text.Append("}}").ToString();
    }

    /// <summary>A definition that is known to be valid.</summary>
    public static StateMachineDefinition Compiled(string text)
    {
        var result = DefinitionParser.Parse(Encoding.UTF8.GetBytes(text));
        return result.Definition ?? throw new InvalidOperationException(result.InvalidDefinitionMessage);
    }

    /// <summary>Runs an execution to its end.</summary>
    /// <param name="definition">The machine; it must need nothing from outside.</param>
    /// <param name="input">Its input, JSON in UTF-8.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="decided">Takes each decision, or null.</param>
    public static Execution Run(
        StateMachineDefinition definition, ReadOnlyMemory<byte> input, Limits limits, Action<Decision>? decided = null)
    {
        if (!Payload.TryRead(input, out var payload, out var error))
            throw new InvalidOperationException(error.Message);
        var context = new DecisionContext(Now, Seed: 1, limits);
        var decision = ExecutionDecider.Decide(Execution.Empty(definition), new ExecutionCommand.Start(Start, payload), context);
        decided?.Invoke(decision);
        while (decision.Execution.IsRunnable)
        {
            decision = ExecutionDecider.Decide(decision.Execution, ExecutionCommand.GoOn.Instance, context);
            decided?.Invoke(decision);
        }

        return decision.Execution.IsClosed
            ? decision.Execution
            : throw new InvalidOperationException("The execution waits for something.");
    }

    private static ExecutionStart Start { get; } = new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:machine:name",
        Name = "name",
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
        StateMachineName = "machine",
        RoleArn = "arn:aws:iam::123456789012:role/any",
        DefinitionHash = "00",
    };
}
