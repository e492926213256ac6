using Cluster.Asl.Interpreter;
using Cluster.Node.Tasks.Tokens;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>What the decisions of one execution may ask of its node.</summary>
internal sealed class ExecutionEnvironment(ExecutionId id, ExecutionRoom room) : IDecisionEnvironment
{
    /// <inheritdoc/>
    public string MintToken(string scope, long visit, int attempt) => room.Tokens.Mint(new TaskToken(id, scope, visit, attempt));

    /// <inheritdoc/>
    public bool HasActivity(string arn) => room.Activities.Has(arn);
}
