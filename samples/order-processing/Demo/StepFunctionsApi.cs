using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderProcessing.Demo;

/// <summary>An answer that says that a call could not be made.</summary>
internal sealed class StepFunctionsException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code { get; } = code;
}

/// <summary>The Step Functions API over plain HTTP. Programs of your own would use an AWS SDK with this endpoint.</summary>
internal sealed class StepFunctionsApi(Uri endpoint) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = endpoint };

    /// <summary>Makes one call.</summary>
    /// <exception cref="StepFunctionsException">The server refused it.</exception>
    public async Task<JsonNode> CallAsync(string operation, JsonObject request)
    {
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        content.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{operation}");
        using var response = await _client.PostAsync((Uri?)null, content);
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        if (!response.IsSuccessStatusCode)
            throw new StepFunctionsException(body["__type"]?.ToString() ?? response.StatusCode.ToString(), body["message"]?.ToString() ?? text);
        return body;
    }

    /// <summary>All items of a paged operation.</summary>
    public async Task<List<JsonNode>> ListAsync(string operation, string items, JsonObject request)
    {
        var found = new List<JsonNode>();
        string? token;
        do
        {
            var page = await CallAsync(operation, request);
            found.AddRange(page[items]!.AsArray().Select(static item => item!));
            token = page["nextToken"]?.ToString();
            request["nextToken"] = token;
        }
        while (token is not null);
        return found;
    }

    public void Dispose() => _client.Dispose();
}
