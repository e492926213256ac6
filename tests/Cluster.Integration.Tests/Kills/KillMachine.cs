using System.Text.Json;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Kills;

/// <summary>What runs while the server is killed: waits, and slow and flaky functions of both idempotency classes under Retry.</summary>
internal static class KillMachine
{
    /// <summary>Not idempotent: a call whose outcome is unknown fails its attempt.</summary>
    public const string Once = "once";

    /// <summary>Idempotent: a call whose outcome is unknown is sent again.</summary>
    public const string Again = "again";

    /// <summary>Idempotent, and fails its first attempts.</summary>
    public const string Flaky = "flaky";

    /// <summary>No function: a Wait.</summary>
    public const string Pause = "pause";

    /// <summary>A Map whose iterations call <see cref="Again"/>, in fewer lanes than it has items.</summary>
    public const string Fan = "fan";

    /// <summary>How many items a <see cref="Fan"/> has.</summary>
    public const int FanItems = 3;

    /// <summary>How often a task may be tried: once and four more times.</summary>
    public const int MostAttempts = 5;

    /// <summary>How many attempts of a flaky call fail.</summary>
    public const int FlakyFailures = 2;

    private static readonly string[] Mix = [Pause, Once, Again, Pause, Once, Again, Pause, Flaky, Fan, Once, Again];

    public static string Definition => JsonSerializer.Serialize(new
    {
        StartAt = "Kind",
        States = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Kind"] = new
            {
                Type = "Choice",
                Choices = new[] { Pause, Once, Again, Flaky, Fan }.Select(kind => new { Variable = "$.kind", StringEquals = kind, Next = kind }),
            },
            [Pause] = new { Type = "Wait", SecondsPath = "$.seconds", End = true },
            [Once] = Call(Once),
            [Again] = Call(Again),
            [Flaky] = Call(Flaky),
            [Fan] = new
            {
                Type = "Map",
                ItemsPath = "$.items",
                MaxConcurrency = FanItems - 1,
                ItemProcessor = new { StartAt = "item", States = new { item = Call(Again) } },
                End = true,
            },
        },
    });

    /// <summary>The server's settings file: which functions are idempotent.</summary>
    public static string Settings(string lambdaEndpoint) => JsonSerializer.Serialize(new
    {
        tasks = new
        {
            lambdaEndpoint,
            functions = new[]
            {
                new { name = Again, target = lambdaEndpoint, idempotent = true },
                new { name = Flaky, target = lambdaEndpoint, idempotent = true },
            },
        },
    });

    /// <summary>The kind and the input of the n-th execution.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="brisk">Whether its calls and waits are short.</param>
    public static (string Kind, string Input) Order(int number, string name, bool brisk = false)
    {
        var kind = Mix[number % Mix.Length];
        var seconds = kind != Pause ? 0 : brisk ? 1 + (number % 3) : 5 + (number % 16);
        var milliseconds = brisk ? 50 + (number * 7919L % 250) : 2_000 + (number * 7919L % 4_000);
        var items = Enumerable.Range(1, kind == Fan ? FanItems : 0).Select(item => new { name, milliseconds = milliseconds / item });
        return (kind, JsonSerializer.Serialize(new { kind, name, seconds, milliseconds, items }));
    }

    public static void Register(LambdaStandIn functions)
    {
        functions.Add(Once, SlowAsync).Add(Again, SlowAsync).Add(Flaky, FlakyAsync);
    }

    public static string NameOf(FunctionInvocation call) => Parse(call).GetProperty("name").GetString()!;

    private static object Call(string function) => new
    {
        Type = "Task",
        Resource = LambdaStandIn.ArnOf(function),
        Retry = new[]
        {
            new { ErrorEquals = new[] { "States.TaskFailed" }, IntervalSeconds = 1, MaxAttempts = MostAttempts - 1, BackoffRate = 1.0 },
        },
        End = true,
    };

    private static async Task<FunctionResult?> SlowAsync(FunctionInvocation call, CancellationToken gone)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Parse(call).GetProperty("milliseconds").GetInt32()), gone);
        return Done(call);
    }

    private static async Task<FunctionResult?> FlakyAsync(FunctionInvocation call, CancellationToken gone)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), gone);
        var attempt = int.Parse(call.Key!.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
        return attempt < FlakyFailures ? FunctionResult.Failed("Flaky", $"attempt {attempt}") : Done(call);
    }

    /// <summary>Each call has an answer of its own, by which it is known where it went.</summary>
    private static FunctionResult Done(FunctionInvocation call) => new(System.FormattableString.Invariant($"\"done by call {call.Number}\""));

    private static JsonElement Parse(FunctionInvocation call)
    {
        using var document = JsonDocument.Parse(call.Payload);
        return document.RootElement.Clone();
    }
}
