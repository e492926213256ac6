using System.Runtime.InteropServices;
using Cluster.Node.Tasks;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

/// <summary>Which entry a function has, and what its target does.</summary>
public sealed class FunctionRegistryTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:";

    [Theory]
    [InlineData(Arn + "charge-card", "exact")]
    [InlineData(Arn + "charge-card:live", "exact")]
    [InlineData("arn:aws:lambda:eu-west-1:210987654321:function:charge-card", "exact")]
    [InlineData(Arn + "charge-cards", "charge*")]
    [InlineData(Arn + "charge", "charge*")]
    [InlineData(Arn + "refund-card", "*-card")]
    [InlineData(Arn + "ship", "whole arn")]
    [InlineData(Arn + "ship:7", "whole arn")]
    [InlineData("arn:aws:lambda:eu-west-1:210987654321:function:anything", "account")]
    [InlineData(Arn + "anything", "rest")]
    public async Task The_most_specific_entry_wins(string resource, string expected)
    {
        (string Name, string Answer)[] entries =
        [
            ("*", "rest"), ("charge*", "charge*"), ("*-card", "*-card"), ("charge-card", "exact"), (Arn + "ship", "whole arn"),
            ("arn:aws:lambda:*:210987654321:function:*", "account"),
        ];
        var servers = entries.Select(e => (e.Name, Server: FunctionServer.Answering(200, $"\"{e.Answer}\""))).ToArray();
        using var caller = new Caller(new TaskSettings
        {
            Functions = [.. servers.Select(s => new FunctionSettings { Name = s.Name, Protocol = FunctionProtocol.InvokeApi, Url = s.Server.Address })],
        });

        Assert.Equal($"\"{expected}\"", Caller.TextOf(await caller.Run(resource, "{}")));

        foreach (var (_, server) in servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_function_without_an_entry_goes_to_the_default_endpoint()
    {
        await using var server = FunctionServer.Answering(200, "\"default\"");
        using var caller = new Caller(new TaskSettings
        {
            LambdaEndpoint = server.Address,
            Functions = [new FunctionSettings { Name = "other", Protocol = FunctionProtocol.Echo }],
        });

        Assert.Equal("\"default\"", Caller.TextOf(await caller.Run(Caller.Arn, "{}")));
        Assert.Equal("{\"a\": 1}", Caller.TextOf(await caller.Run(Arn + "other", "{\"a\": 1}")));
    }

    [Fact]
    public async Task A_whole_invoke_address_is_used_as_it_is()
    {
        await using var server = FunctionServer.Answering(200, "{}");
        using var caller = Only(FunctionProtocol.InvokeApi, new Uri(server.Address, "/2015-03-31/functions/function/invocations"));

        await caller.Run(Caller.Arn, "{}");

        Assert.Equal("/2015-03-31/functions/function/invocations", Assert.Single(server.Calls).Target);
    }

    [Fact]
    public async Task The_echo_answers_the_very_bytes_on_another_thread()
    {
        using var caller = Only(FunctionProtocol.Echo, null);
        var call = caller.Call(Caller.Arn, "{\"order\": 1}");

        var outcome = Assert.IsType<TaskOutcome.Succeeded>(await caller.Start(call).WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.True(MemoryMarshal.TryGetArray(call.Input, out var sent) && MemoryMarshal.TryGetArray(outcome.Output, out var came) && sent.Array == came.Array);
    }

    [Fact]
    public async Task The_echo_answers_lambda_invoke_with_a_whole_result()
    {
        using var caller = Only(FunctionProtocol.Echo, null);

        var text = Caller.TextOf(await caller.Run(Caller.Invoke, "{\"FunctionName\":\"work\",\"Payload\":{\"a\":1}}"));

        Assert.StartsWith("{\"ExecutedVersion\":\"$LATEST\",\"Payload\":{\"a\":1},\"SdkHttpMetadata\":", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData(204, "", "null")]
    [InlineData(422, "{\"errorType\":\"CardDeclined\",\"errorMessage\":\"no\"}", "CardDeclined: {\"errorType\":\"CardDeclined\",\"errorMessage\":\"no\"}")]
    [InlineData(500, "{\"errorType\":\"Boom\"}", "Boom: {\"errorType\":\"Boom\"}")]
    [InlineData(500, "oops", "Lambda.Unknown: The cause could not be determined because Lambda did not return an error type. Returned payload: oops")]
    [InlineData(429, "slow down", "Lambda.TooManyRequestsException: slow down (Service: AWSLambda; Status Code: 429; Error Code: null; Request ID: null; Proxy: null)")]
    [InlineData(503, "later", "Lambda.ServiceException: later (Service: AWSLambda; Status Code: 500; Error Code: null; Request ID: null; Proxy: null)")]
    public async Task A_webhooks_status_and_body_are_the_result_or_the_error(int status, string body, string expected)
    {
        await using var server = FunctionServer.Answering(status, body);
        using var caller = Only(FunctionProtocol.Webhook, new Uri(server.Address, "/hooks/{name}"));

        Assert.Equal(expected, Caller.TextOf(await caller.Run(Caller.Arn, "{\"x\":1}")));
        var call = Assert.Single(server.Calls);
        Assert.Equal("/hooks/work", call.Target);
        Assert.Equal("{\"x\":1}", call.Body);
        Assert.Equal(Caller.Arn, call.Headers["X-Cluster-Function"]);
    }

    [Fact]
    public async Task A_webhook_gets_an_empty_object_when_there_is_no_payload()
    {
        await using var server = FunctionServer.Answering(200, "1");
        using var caller = Only(FunctionProtocol.Webhook, server.Address);

        await caller.Run(Caller.Invoke, "{\"FunctionName\":\"work\",\"Payload\":null}");

        Assert.Equal("{}", Assert.Single(server.Calls).Body);
    }

    [Theory]
    [InlineData(FunctionProtocol.InvokeApi, true, true)]
    [InlineData(FunctionProtocol.InvokeApi, false, false)]
    [InlineData(FunctionProtocol.Echo, false, true)]
    public void Only_idempotent_functions_may_be_called_again(FunctionProtocol protocol, bool idempotent, bool expected)
    {
        using var caller = Only(protocol, new Uri("http://127.0.0.1:9"), idempotent);

        Assert.Equal(expected, caller.Runner.MayResend(caller.Call(Caller.Arn, "{}")));
        Assert.Equal(expected, caller.Runner.MayResend(caller.Call(Caller.Invoke, "{\"FunctionName\":\"123456789012:function:work:1\"}")));
        Assert.False(caller.Runner.MayResend(caller.Call(Arn + "nobody", "{}")));
    }

    private static Caller Only(FunctionProtocol protocol, Uri? url, bool idempotent = false) => new(new TaskSettings
    {
        Functions = [new FunctionSettings { Name = "wor*", Protocol = protocol, Url = url, Idempotent = idempotent }],
    });
}
