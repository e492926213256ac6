using System.Globalization;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Authentication;

/// <summary>What a caller is told whose request is not signed as it should be: AWS's codes and words, for this protocol always status 400.</summary>
internal static class SignatureErrors
{
    private const string IncompleteCode = "IncompleteSignatureException";
    private const string InvalidCode = "InvalidSignatureException";

    /// <summary>How much of a caller's text comes back in an error.</summary>
    private const int MaxQuoted = 64;

    /// <summary>One answer for an unknown key and for a signature that is wrong: neither says which keys there are.</summary>
    public static readonly AwsError Mismatch = Invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing "
        + "method. Consult the service documentation for details.");

    /// <summary>No signature at all.</summary>
    public static readonly AwsError Missing = new("MissingAuthenticationTokenException", "Request is missing Authentication Token");

    /// <summary>Temporary credentials, which only AWS can issue.</summary>
    public static readonly AwsError SessionToken = new(
        "UnrecognizedClientException",
        "The security token included in the request is invalid: this server does not support session tokens (X-Amz-Security-Token).");

    /// <summary>The signature cannot be read.</summary>
    public static AwsError Incomplete(string message) => new(IncompleteCode, message);

    /// <summary>The signature can be read and is not good for this request.</summary>
    public static AwsError Invalid(string message) => new(InvalidCode, message);

    /// <summary>The clocks differ by more than the tolerance. The message tells the server's time: clients correct theirs by it.</summary>
    public static AwsError Skewed(DateTimeOffset signed, DateTimeOffset now, TimeSpan tolerance)
    {
        var minutes = tolerance.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture);
        var (sent, server) = (SignatureTime.Text(signed), SignatureTime.Text(now));
        return Invalid(signed < now
            ? $"Signature expired: {sent} is now earlier than {SignatureTime.Text(now - tolerance)} ({server} - {minutes} min.)"
            : $"Signature not yet current: {sent} is still later than {SignatureTime.Text(now + tolerance)} ({server} + {minutes} min.)");
    }

    /// <summary>A caller's text as an error may quote it.</summary>
    public static string Quoted(ReadOnlySpan<char> text) => text.Length <= MaxQuoted ? $"'{text}'" : $"'{text[..MaxQuoted]}…'";
}
