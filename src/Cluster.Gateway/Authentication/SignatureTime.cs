using System.Globalization;
using Cluster.Protocol.Errors;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Authentication;

/// <summary>When a request was signed: <c>X-Amz-Date</c>, or <c>Date</c> where there is none.</summary>
internal static class SignatureTime
{
    /// <summary>The header that comes first.</summary>
    public const string Header = "X-Amz-Date";

    private const string Day = "yyyyMMdd";
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>The time in the form that is signed.</summary>
    public static string Text(DateTimeOffset time) => time.ToString(Basic, CultureInfo.InvariantCulture);

    /// <summary>The day in the form that a scope has.</summary>
    public static string DayText(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>Reads the time of signing.</summary>
    /// <returns>The error to answer, or null when the time was read.</returns>
    public static AwsError? Read(IHeaderDictionary headers, out DateTimeOffset time)
    {
        time = default;
        var signed = headers[Header];
        var sent = signed.Count > 0 ? signed : headers.Date;
        if (sent.Count == 0)
            return SignatureErrors.Incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        if (sent.Count == 1
            && (DateTimeOffset.TryParseExact(sent[0], Basic, CultureInfo.InvariantCulture, Utc, out time)
                || (signed.Count == 0 && DateTimeOffset.TryParseExact(sent[0], "r", CultureInfo.InvariantCulture, Utc, out time))))
            return null;
        return SignatureErrors.Incomplete(
            $"Date must be in ISO-8601 'basic format'. Got {SignatureErrors.Quoted(sent.ToString())}. See http://en.wikipedia.org/wiki/ISO_8601");
    }
}
