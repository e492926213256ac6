using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Clients;

/// <summary>A webhook that is asked for approvals and, as a person's mailbox would, keeps each task's token for whoever asks for it by its key.</summary>
internal sealed class ClientHooks : IAsyncDisposable
{
    /// <summary>Where Cluster posts <c>{"key", "token"}</c>.</summary>
    public const string Ask = "/ask";

    private const string Token = "/token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _tokens = new(StringComparer.Ordinal);
    private readonly LambdaStandIn _http;

    private ClientHooks(LambdaStandIn http) => _http = http;

    /// <summary>Its address. A post of <c>{"key"}</c> to <c>/token</c> is answered with the token as soon as there is one.</summary>
    public string Endpoint => _http.Endpoint;

    public static async Task<ClientHooks> RunAsync()
    {
        var hooks = new ClientHooks(await LambdaStandIn.RunAsync());
        hooks._http.Add(Ask, hooks.Keep);
        hooks._http.Add(Token, hooks.HandOutAsync);
        return hooks;
    }

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    private FunctionResult Keep(FunctionInvocation call)
    {
        var asked = JsonNode.Parse(call.Payload.Span)!;
        Of((string)asked["key"]!).TrySetResult((string)asked["token"]!);
        return new FunctionResult("{\"asked\":true}");
    }

    private async Task<FunctionResult?> HandOutAsync(FunctionInvocation call, CancellationToken cancellation)
    {
        var token = await Of((string)JsonNode.Parse(call.Payload.Span)!["key"]!).Task.WaitAsync(Patience, cancellation);
        return new FunctionResult(JsonSerializer.Serialize(token));
    }

    private TaskCompletionSource<string> Of(string key) =>
        _tokens.GetOrAdd(key, static _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
