using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Protocol.Ports;

/// <summary>Changes state machines. Any node may carry a change out: the store orders them.</summary>
public interface IStateMachineCatalog
{
    /// <summary>Creates a machine; the same request again is answered as the first.</summary>
    ValueTask<AwsResult<CreateStateMachineResponse>> CreateStateMachineAsync(
        CreateStateMachineRequest request, CancellationToken cancellation);

    /// <summary>Updates a machine; running executions keep what they started with.</summary>
    ValueTask<AwsResult<UpdateStateMachineResponse>> UpdateStateMachineAsync(
        UpdateStateMachineRequest request, CancellationToken cancellation);

    /// <summary>Deletes a machine; an unknown one succeeds too.</summary>
    ValueTask<AwsResult<DeleteStateMachineResponse>> DeleteStateMachineAsync(
        DeleteStateMachineRequest request, CancellationToken cancellation);

    /// <summary>Judges a definition as creating a machine would, and keeps nothing.</summary>
    ValueTask<AwsResult<ValidateStateMachineDefinitionResponse>> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancellation);
}
