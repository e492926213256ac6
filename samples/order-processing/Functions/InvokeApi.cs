using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>
/// The Lambda Invoke API, as far as a state machine needs it: 200 and the result; 200, <c>X-Amz-Function-Error</c> and the error of a
/// function that failed; 404 for a function that is not here.
/// </summary>
internal static class InvokeApi
{
    public static async Task AnswerAsync(HttpContext context, IReadOnlyDictionary<string, Function> functions)
    {
        var name = NameOf((string)context.Request.RouteValues["function"]!);
        var response = context.Response;
        response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        if (!functions.TryGetValue(name, out var function))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers["x-amzn-ErrorType"] = "ResourceNotFoundException";
            await WriteAsync(response, new JsonObject { ["Type"] = "User", ["Message"] = $"Function not found: {name}" });
            return;
        }

        JsonNode input;
        try
        {
            input = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) ?? new JsonObject();
        }
        catch (JsonException e)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            response.Headers["x-amzn-ErrorType"] = "InvalidRequestContentException";
            await WriteAsync(response, new JsonObject { ["Type"] = "User", ["message"] = $"Could not parse request body into json: {e.Message}" });
            return;
        }

        response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        try
        {
            var result = function(input);
            Console.WriteLine($"functions: {name}: ok");
            await WriteAsync(response, result);
        }
        catch (FunctionErrorException e)
        {
            Console.WriteLine($"functions: {name}: {e.ErrorType}: {e.Message}");
            response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await WriteAsync(response, new JsonObject { ["errorType"] = e.ErrorType, ["errorMessage"] = e.Message });
        }
    }

    /// <summary>The bare name of a name, a name with a version, or an ARN.</summary>
    private static string NameOf(string text)
    {
        const string BeforeName = ":function:";
        text = Uri.UnescapeDataString(text);
        var at = text.IndexOf(BeforeName, StringComparison.Ordinal);
        return (at < 0 ? text : text[(at + BeforeName.Length)..]).Split(':')[0];
    }

    private static Task WriteAsync(HttpResponse response, JsonNode body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
