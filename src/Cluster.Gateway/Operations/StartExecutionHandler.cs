using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>StartExecution. The hot path: what it allocates is the request that it hands on.</summary>
internal sealed class StartExecutionHandler(IExecutionRouter router, ISecretSource secrets)
    : ShortOperationHandler<StartExecutionRequest, StartExecutionResponse>
{
    private const string TraceHeaderName = "X-Amzn-Trace-Id";

    private static readonly byte[] EmptyInput = "{}"u8.ToArray();

    /// <inheritdoc/>
    public override string Name => "StartExecution";

    /// <inheritdoc/>
    protected override AwsResult<StartExecutionRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? arn = null, name = null, traceHeader = null;
        byte[]? input = null;
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                arn = body.ReadString();
            else if (body.Is("name"u8))
                name = body.ReadString();
            else if (body.Is("input"u8))
                input = body.ReadUtf8();
            else if (body.Is("traceHeader"u8))
                traceHeader = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("stateMachineArn", arn);
        shape.Length("stateMachineArn", arn, 1, Limits.Arn);
        shape.Length("name", name, 1, ResourceNames.MaxLength);
        shape.HiddenLength("input", input?.Length, 0, Limits.PayloadBytes);
        shape.Length("traceHeader", traceHeader, 0, Limits.TraceHeader);
        if (shape.Error is { } invalid)
            return invalid;
        var machine = ArnReader.StateMachine(arn!);
        if (machine.Value is null)
            return machine.Error!;
        if (machine.Value.Name.Contains('/', StringComparison.Ordinal))
            return AwsErrors.Validation("This operation does not support state machine ARNs with a label.");
        if (name is not null && !ResourceNames.IsValid(name))
            return AwsErrors.InvalidName(name);
        var sent = call.Http.Request.Headers[TraceHeaderName];
        return new StartExecutionRequest(
            machine.Value,
            name ?? secrets.DrawUuid().ToString(),
            input ?? EmptyInput,
            sent.Count > 0 ? sent[0] : traceHeader,
            Principal: call.Principal,
            RequestId: call.RequestId)
        {
            NameIsOwn = call.NameIsOwn,
        };
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<StartExecutionResponse>> CallAsync(
        StartExecutionRequest request, CancellationToken cancellation) => router.StartExecutionAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, StartExecutionResponse response)
    {
        json.WriteStartObject();
        json.WriteString("executionArn"u8, response.ExecutionArn.ToString());
        json.WriteTime("startDate"u8, response.StartDate);
        json.WriteEndObject();
    }
}
