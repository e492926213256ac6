using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>A function: an event in, a result out; a failure is a <see cref="FunctionErrorException"/>.</summary>
internal delegate JsonNode Function(JsonNode input);

/// <summary>A failure that the state machine knows by its name.</summary>
/// <param name="errorType">The name that Retry and Catch see.</param>
/// <param name="message">What happened.</param>
internal sealed class FunctionErrorException(string errorType, string message) : Exception(message)
{
    public string ErrorType { get; } = errorType;
}
