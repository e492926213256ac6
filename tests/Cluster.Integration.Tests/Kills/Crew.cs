using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Kills;

/// <summary>
/// Workers of an activity over HTTP: they answer once, twice at once, after heartbeats, too late, or never, and ask again until they are
/// answered, whatever the server goes through meanwhile.
/// </summary>
internal sealed class Crew(ApiClient api, string activity, TimeSpan heartbeat)
{
    private const int Manners = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, HandOut> _given = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentBag<Task> _words = [];
    private volatile bool _isOver;
    private Task _working = Task.CompletedTask;
    private int _number;

    public IReadOnlyCollection<HandOut> Given => [.. _given.Values];

    public IReadOnlyCollection<string> Wrong => _wrong;

    public int Count => _given.Count;

    public void Begin(int workers) => _working = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)));

    /// <summary>No further tasks are asked for; to be called before the server ends, and awaited after it has.</summary>
    public async Task EndAsync(Func<Task> endServer)
    {
        _isOver = true;
        await endServer();
        await _working;
        await Task.WhenAll(_words);
    }

    private async Task WorkAsync()
    {
        while (!_isOver)
        {
            var task = await AskAsync("GetActivityTask", new { activityArn = activity, workerName = "crew" });
            if ((string?)task?.Body["taskToken"] is not { Length: > 0 } token)
                continue;
            var number = Interlocked.Increment(ref _number);
            var name = (string)JsonNode.Parse((string)task.Body["input"]!)!["name"]!;
            var held = new HandOut(name, string.Create(CultureInfo.InvariantCulture, $"\"hand-out {number}\""));
            if (!_given.TryAdd(token, held))
                _wrong.Enqueue($"{name}: its token was given out twice");
            await AnswerAsync(number, token, held);
        }
    }

    private async Task AnswerAsync(int number, string token, HandOut held)
    {
        switch (number % Manners)
        {
            case 1 or 5:
                await Task.WhenAll(SucceedAsync(token, held), SucceedAsync(token, held));
                break;
            case 2 or 6:
                await Task.Delay(heartbeat / 4);
                await AskAsync("SendTaskHeartbeat", new { taskToken = token });
                await Task.Delay(heartbeat / 4);
                await SucceedAsync(token, held);
                break;
            case 3:
                // The worker goes on; this word comes when nobody waits for it any more.
                _words.Add(LateAsync(token, held));
                break;
            case 7:
                break;
            default:
                await SucceedAsync(token, held);
                break;
        }
    }

    private async Task LateAsync(string token, HandOut held)
    {
        await Task.Delay(heartbeat * 1.5);
        await SucceedAsync(token, held);
    }

    private async Task SucceedAsync(string token, HandOut held)
    {
        while (await AskAsync("SendTaskSuccess", new { taskToken = token, output = held.Mark }) is { } answer)
        {
            if (answer.Succeeded)
            {
                held.WasHeard();
                return;
            }

            if (answer.Error == "TaskTimedOut")
                return;
            _wrong.Enqueue($"{held.Name}: {answer.Status} {answer.Error}: {answer.Message}");
            return;
        }
    }

    /// <summary>Asks until it is answered by a server that works; null when all is over.</summary>
    private async Task<ApiAnswer?> AskAsync(string operation, object request)
    {
        while (!_isOver)
        {
            try
            {
                var answer = await api.CallAsync(operation, request);
                if (answer.Status < 500)
                    return answer;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                // Killed meanwhile.
            }

            await Task.Delay(Pause);
        }

        return null;
    }
}
