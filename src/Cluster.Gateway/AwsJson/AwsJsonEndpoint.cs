using Cluster.Gateway.Authentication;
using Cluster.Gateway.Diagnostics;
using Cluster.Gateway.Hosting;
using Cluster.Gateway.Operations;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cluster.Gateway.AwsJson;

/// <summary>
/// <c>POST /</c>: knows the caller where keys are configured, finds the operation that <c>X-Amz-Target</c> names, has it carried out,
/// and tells errors as AWS does. Every answer carries a request id; what fails unexpectedly is logged once under that id and tells the
/// caller nothing else.
/// </summary>
internal sealed partial class AwsJsonEndpoint(
    GatewayPorts ports, GatewayOptions options, GatewayMetrics metrics, ILogger<AwsJsonEndpoint> logger, CancellationToken stopping)
{
    private const string TargetHeader = "X-Amz-Target";
    private const string NoOperation = "none";
    private const string ClientGone = "ClientGone";
    private const string TryAgain = "The service is unavailable at the moment. Try again.";

    private const string CannotBeRead = "What is stored of it cannot be read. An operator must look after it.";

    private readonly OperationTable _operations = new(ports, stopping);
    private readonly BodyBudget _budget = new(options.MaxHeldBodyBytes);
    private readonly SignatureGate? _gate = options.Keys.Count == 0
        ? null
        : new SignatureGate(new SignatureVerifier(options, ports.Secrets, ports.Time), ports.Time);

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var started = ports.Time.GetTimestamp();
        var requestId = ports.Secrets.DrawUuid().ToString();
        var operation = NoOperation;
        string? code;
        try
        {
            var found = _operations.Find(http.Request.Headers[TargetHeader].ToString());
            operation = found.Name;
            var error = await CarryOutAsync(found, new OperationCall(http, requestId, options, _budget)).ConfigureAwait(false);
            code = error?.Code;
            if (error is not null)
                await ResponseBody.SendErrorAsync(http.Response, requestId, error).ConfigureAwait(false);
        }
        catch (Exception e) when (OperationCall.CallerGoneOf(http).IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            code = ClientGone;
        }
        catch (UnavailableException e) when (!http.Response.HasStarted)
        {
            var error = AwsErrors.Unavailable(TryAgain);
            code = error.Code;
            LogUnavailable(e, operation, requestId);
            await ResponseBody.SendErrorAsync(http.Response, requestId, error).ConfigureAwait(false);
        }
        catch (DamagedException e) when (!http.Response.HasStarted)
        {
            var error = AwsErrors.Unavailable(CannotBeRead);
            code = error.Code;
            LogUnexpected(e, operation, requestId);
            await ResponseBody.SendErrorAsync(http.Response, requestId, error).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            code = AwsErrors.InternalServerErrorCode;
            LogUnexpected(e, operation, requestId);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await ResponseBody.SendErrorAsync(http.Response, requestId, AwsErrors.Internal(requestId)).ConfigureAwait(false);
        }

        metrics.Answered(operation, code, ports.Time.GetElapsedTime(started));
    }

    /// <summary>No waiting method of its own: thousands of long polls hold each of them.</summary>
    private ValueTask<AwsError?> CarryOutAsync(in OperationTable.Entry found, in OperationCall call)
    {
        if (BrowserRule.Judge(call.Http.Request.Headers) is { } refused)
            return ValueTask.FromResult<AwsError?>(refused);
        if (_gate is null)
            return CarryOutAsync(found, new Admission(call, Error: null));
        var admission = _gate.AdmitAsync(call);
        return admission.IsCompletedSuccessfully ? CarryOutAsync(found, admission.Result) : CarryOutAsync(found, admission);
    }

    private static async ValueTask<AwsError?> CarryOutAsync(OperationTable.Entry found, ValueTask<Admission> admission) =>
        await CarryOutAsync(found, await admission.ConfigureAwait(false)).ConfigureAwait(false);

    private static ValueTask<AwsError?> CarryOutAsync(in OperationTable.Entry found, in Admission admission)
    {
        if ((admission.Error ?? found.Error) is not { } error)
            return found.Handler!.HandleAsync(admission.Call);
        admission.Call.Body?.Dispose();
        return ValueTask.FromResult<AwsError?>(error);
    }
}
