using System.Globalization;
using System.Text.Json;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Stores;

/// <summary>What runs while a store is copied, cut and filled: something of each kind that makes rows, without functions of its own.</summary>
internal static class StoreMachine
{
    /// <summary>The argument that makes all functions echoes.</summary>
    public static readonly IReadOnlyList<string> EchoEverything = ["--function", "*=builtin:echo"];

    /// <summary>Iterations of the long kind: with four events each they lead it past a snapshot.</summary>
    private const int Turns = 60;

    private static readonly string[] Kinds = ["pass", "call", "fan", "nap", "sleep", "call", "long"];

    /// <summary>The number of an execution that has ended when its start is acknowledged.</summary>
    public static int EndsAtOnce => Kinds.Length;

    public static string Definition => JsonSerializer.Serialize(new
    {
        StartAt = "Kind",
        States = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Kind"] = new
            {
                Type = "Choice",
                Choices = Kinds.Distinct().Select(kind => new { Variable = "$.kind", StringEquals = kind, Next = kind }),
            },
            ["pass"] = new { Type = "Pass", Result = new { passed = true }, Next = "done" },
            ["call"] = new { Type = "Task", Resource = LambdaStandIn.ArnOf("echo"), Next = "done" },
            ["fan"] = new
            {
                Type = "Map",
                ItemsPath = "$.items",
                ItemProcessor = new { StartAt = "each", States = new { each = new { Type = "Task", Resource = LambdaStandIn.ArnOf("echo"), End = true } } },
                Next = "done",
            },
            ["nap"] = new { Type = "Wait", Seconds = 2, Next = "done" },
            ["sleep"] = new { Type = "Wait", Seconds = 3_000, Next = "done" },
            ["long"] = new { Type = "Map", ItemsPath = "$.items", ItemProcessor = new { StartAt = "turn", States = new { turn = new { Type = "Pass", End = true } } }, Next = "sleep" },
            ["done"] = new { Type = "Succeed" },
        },
    });

    /// <summary>The input of the n-th execution, of about the given length.</summary>
    public static string Input(int number, int bytes)
    {
        var kind = Kinds[number % Kinds.Length];
        var items = Enumerable.Range(1, kind == "long" ? Turns : kind == "fan" ? 3 : 0);
        return JsonSerializer.Serialize(new { kind, number, items, text = new string((char)('a' + (number % 26)), bytes) });
    }

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"e{number:D6}");
}
