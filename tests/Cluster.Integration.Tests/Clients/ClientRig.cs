using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Cluster.Integration.Tests.Clients.ClientRig))]

namespace Cluster.Integration.Tests.Clients;

/// <summary>
/// One real server for all clients, with a key, so that each client's signatures are verified, and with what takes long to make: 2,500
/// executions of one machine and a history of 3,000 events. It is there from the first story on.
/// </summary>
public sealed class ClientRig : IAsyncDisposable
{
    private const string KeyId = "AKIDEXAMPLE";
    private const string Secret = "planted+secret/of-the-clients";
    private const string Region = "us-east-1";
    private const string CrowdStory = "crowd";
    private const int Executions = 2_500;
    private const int StartsAtATime = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    // 8 events and 4 a round make 3,000.
    private const string Loop = """
        {"StartAt":"None","States":{
          "None":{"Type":"Pass","Result":{"n":0},"Next":"Enough?"},
          "Enough?":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":748,"Next":"Done"}],"Default":"Count"},
          "Count":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"Enough?"},
          "Done":{"Type":"Succeed"}}}
        """;

    private static readonly RequestSigner Signer = new(KeyId, Secret);

    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<ClientStage>> _stage;

    /// <summary>Nothing is started yet.</summary>
    public ClientRig() => _stage = new(SetAsync);

    /// <summary>Tells a story with a client; fails with what the client printed if it does not hold.</summary>
    /// <param name="name">The client's.</param>
    /// <param name="story">The file of the story, without its extension.</param>
    public async Task TellAsync(string name, string story)
    {
        if (Client.Find(name) is not { } client)
        {
            Assert.Skip(Client.Absence(name));
            return;
        }

        var stage = await _stage.Value;
        await using var crowd = string.Equals(story, CrowdStory, StringComparison.Ordinal) ? await CrowdedActivity.FillAsync(stage.Server.Endpoint, Signer, name) : null;
        var environment = new Dictionary<string, string>(client.Environment, StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = KeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Secret,
            ["AWS_DEFAULT_REGION"] = Region,
            ["AWS_REGION"] = Region,
            ["AWS_ENDPOINT_URL_SFN"] = stage.Server.Endpoint.ToString(),
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
            ["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true",
            ["NO_PROXY"] = "127.0.0.1",
            ["LC_ALL"] = "C.UTF-8",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["CLUSTER_ENDPOINT"] = stage.Server.Endpoint.ToString(),
            ["CLUSTER_HOOKS"] = stage.Hooks.Endpoint,
            ["CLUSTER_CROWD"] = crowd?.Arn ?? "",
            ["CLUSTER_PREFIX"] = client.Name,
            ["CLUSTER_MANY"] = stage.Many,
            ["CLUSTER_LONG"] = stage.Long,
        };
        var (code, output) = await ClientProcess.RunAsync(client.Program, ClientFolders.Story(client.Language, story), environment);
        Assert.True(code == 0, $"{client.Name} told the story '{story}' to the exit code {code}:\n{output}{(stage.Server.HasExited ? stage.Server.Output : "")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _stage.Value).DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ClientStage> SetAsync()
    {
        var hooks = await ClientHooks.RunAsync();
        ServerProcess? server = null;
        try
        {
            server = await ServerProcess.RunAsync(new ServerStart
            {
                Folder = _folder["data"],
                Arguments = ["--function", "echo-*=builtin:echo", "--function", $"ask-*=webhook:{hooks.Endpoint}{ClientHooks.Ask}"],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["CLUSTER_GATEWAY__KEYS__0__ID"] = KeyId,
                    ["CLUSTER_GATEWAY__KEYS__0__SECRET"] = Secret,
                },
            });
            using var api = new ApiClient(server.Endpoint, signer: Signer);
            return new ClientStage(server, hooks, await MakeManyAsync(api), await MakeLongAsync(api));
        }
        catch
        {
            await hooks.DisposeAsync();
            if (server is not null)
                await server.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> MakeManyAsync(ApiClient api)
    {
        var machine = await api.CreateAsync("many", """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""");
        var left = new ConcurrentQueue<int>(Enumerable.Range(0, Executions));
        await Task.WhenAll(Enumerable.Range(0, StartsAtATime).Select(async _ =>
        {
            while (left.TryDequeue(out var number))
                Assert.True((await api.StartAsync(machine, string.Create(CultureInfo.InvariantCulture, $"number-{number}"))).Succeeded);
        }));
        return machine;
    }

    private static async Task<string> MakeLongAsync(ApiClient api)
    {
        var execution = (string)(await api.StartAsync(await api.CreateAsync("long", Loop), "one")).Ok["executionArn"]!;
        using var limit = new CancellationTokenSource(Patience);
        while (IsRunning(await api.DescribeAsync(execution)))
            await Task.Delay(PollEvery, limit.Token);
        return execution;
    }

    private static bool IsRunning(JsonObject described) => string.Equals((string)described["status"]!, "RUNNING", StringComparison.Ordinal);

    /// <summary>What the stories play on.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Hooks">The function that asks for approvals.</param>
    /// <param name="Many">The machine of many executions.</param>
    /// <param name="Long">The execution with the long history.</param>
    private sealed record ClientStage(ServerProcess Server, ClientHooks Hooks, string Many, string Long) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await Hooks.DisposeAsync();
        }
    }
}
