using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Rules;

/// <summary>What a function answered, out of the event that tells of its success.</summary>
internal static class FunctionAnswer
{
    /// <summary>How deep a payload may be.</summary>
    internal const int DeepestPayload = 1_000;

    /// <summary>SHA-256 of the answer; null where the event does not have it as it was.</summary>
    public static string? HashOf(History history, Event e)
    {
        if (e.TaskSucceeded.Kind == 0)
            return history.HashOf(e);

        // lambda:invoke wraps the answer.
        if (history.TextOf(e) is not { } text)
            return null;
        using var result = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestPayload });
        return result.RootElement.ValueKind == JsonValueKind.Object && result.RootElement.TryGetProperty("Payload", out var payload)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload.GetRawText())))
            : null;
    }
}
