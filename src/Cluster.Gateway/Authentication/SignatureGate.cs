using System.Globalization;
using Cluster.Gateway.AwsJson;
using Cluster.Gateway.Operations;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Authentication;

/// <summary>Lets calls in that a known caller has signed. There is one only where keys are configured.</summary>
internal sealed class SignatureGate(SignatureVerifier verifier, TimeProvider time)
{
    /// <summary>Reads the body of a call and verifies its signature.</summary>
    /// <param name="call">The call; when it is let in, it has its body and its principal.</param>
    /// <returns>The call as it is let in, or the error that the caller is told.</returns>
    public async ValueTask<Admission> AdmitAsync(OperationCall call)
    {
        var http = call.Http;
        var claim = verifier.Read(http.Request);
        if (claim.Value is null)
            return Refuse(call, claim.Error!);
        var arrived = await RequestBody.ReadAsync(http.Request, call.Options.MaxBodyBytes, call.Budget, call.CallerGone)
            .ConfigureAwait(false);
        if (arrived.Value is not { } body)
            return new Admission(call, arrived.Error);
        var caller = verifier.Verify(claim.Value, body.Bytes);
        if (caller.Value is not null)
            return new Admission(call with { Body = body, Principal = caller.Value }, Error: null);
        body.Dispose();
        return Refuse(call, caller.Error!);
    }

    /// <summary>A refusal tells the time: a client whose clock is wrong corrects it by this header and signs again.</summary>
    private Admission Refuse(OperationCall call, AwsError error)
    {
        call.Http.Response.Headers.Date = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        return new Admission(call, error);
    }
}

/// <summary>What became of a call at the gate.</summary>
/// <param name="Call">The call.</param>
/// <param name="Error">Why it was refused, or null.</param>
internal readonly record struct Admission(OperationCall Call, AwsError? Error);
