using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Json;
using Cluster.Asl.Parsing;
using Cluster.Testing.Histories;
using Cluster.Testing.Interpreter;

namespace Cluster.Asl.Tests.Fuzzing;

/// <summary>
/// One definition and input by chance, from a seed: a machine as it is, with fields and values that have changed places or are odd, or with
/// bytes flipped; read, and run where it is valid.
/// </summary>
internal sealed class FuzzCase
{
    private const int MostDecisions = 10;
    private const long Now = 1_700_000_000_000;

    private static readonly JsonValue[] Oddities =
    [
        .. new[]
        {
            "null", "\"\"", "{}", "[]", "[[]]", "-0", "1e400", "0.1", "1.5", "-1.5", "99999999999999999999", "\"$\"", "\"$$\"", "\"$x\"", "\"$.a[?(@.b)]\"", "\"$['\"",
            "\"$..*\"", "\"$.l[-1:]\"", "\"$.l[?(@.n > 1.5)]\"", "\"States.\"", "\"States.Format('{} {}', $.n, $.a)\"", "\"States.Array(States.Array(\"",
            "\"States.MathAdd($.n, 1.5)\"", "\"States.MathRandom(1, 9)\"", "\"States.UUID()\"", "\"States.ArrayRange(1, $.n, 1)\"", "\"States.StringToJson($.t)\"",
            "\"States.JsonMerge($.a, $, false)\"", "\"States.StringSplit($.t, '-:')\"", "\"States.Hash($, 'MD5')\"", "\"States.Base64Decode($.t)\"",
            "\"{% 1 %}\"", "\"JSONata\"", "\"DISTRIBUTED\"", "\"\\ud800\"", "\"I\\u0130\\u0131i\"", "{\"a.$\": \"$\", \"a\": 1}", "\"2016-03-14T01:59:00+01:00\"",
        }.Select(JsonValue.Parse),
    ];

    private readonly Random _random;

    public FuzzCase(int seed)
    {
        _random = new Random(seed);
        var text = new RandomMachine(_random, isGentle: _random.Next(3) != 0).Text();
        Text = _random.Next(5) switch
        {
            0 => Encoding.UTF8.GetBytes(text),
            1 => Flipped(Encoding.UTF8.GetBytes(text)),
            _ => Mutated(text),
        };
        Input = _random.Next(3) switch
        {
            0 => Flipped("{\"a\":{\"b\":2},\"n\":1.50,\"l\":[1,2],\"t\":\"2023-11-14T22:13:50Z\"}"u8.ToArray()),
            1 => JsonWriter.ToUtf8(Oddities[_random.Next(Oddities.Length)]),
            _ => "{\"a\":{\"b\":-2.5},\"n\":3,\"l\":[{\"n\":2,\"l\":[1,2,3]},\"x\",{},null],\"t\":\"2023-11-14T22:13:50Z\"}"u8.ToArray(),
        };
    }

    public byte[] Text { get; }

    public byte[] Input { get; }

    /// <summary>Whether the definition was valid and the input JSON, so that the machine ran.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Reads and runs it; gives all that can be seen of that as text, when it is asked for: that costs more than the run.</summary>
    public string Run(bool isSeen)
    {
        var read = DefinitionParser.Parse(Text);
        if (read.Definition is not { } definition)
            return $"{read.InvalidDefinitionMessage} {string.Join('|', read.Diagnostics)}";
        if (!Payload.TryRead(Input, out var input, out var error))
            return error.Message;
        HasRun = true;
        var execution = Execution.Empty(definition);
        var start = new ExecutionStart
        {
            ExecutionArn = "arn:e",
            Name = "e",
            StateMachineArn = "arn:m",
            StateMachineName = "m",
            RoleArn = "arn:r",
            DefinitionHash = "00",
        };
        var (now, seen, chance) = (Now, new StringBuilder(), new Random(Text.Length));
        ExecutionCommand command = new ExecutionCommand.Start(start, input);
        for (var i = 0; i < MostDecisions && !execution.IsClosed; i++)
        {
            var decision = ExecutionDecider.Decide(execution, command, new DecisionContext(now, (ulong)i, Limits.Default));
            execution = decision.Execution;
            foreach (var line in isSeen ? HistoryLines.Of(decision.Events) : [])
                seen.Append(line).Append(line.At).Append(line.Payload).Append(line.Error).Append(line.Cause).Append('\n');
            now = execution.WakeAt is { } due && !execution.IsCalling ? Math.Max(now, due) : now + 1;
            command = execution.Outstanding is [var call, ..] ? Answer(call, chance) : ExecutionCommand.GoOn.Instance;
        }

        return seen.ToString();
    }

    private static ExecutionCommand Answer(OutstandingCall call, Random chance) => chance.Next(4) switch
    {
        0 => new ExecutionCommand.FailTask(call.Scope, call.Visit, call.Attempt, "E", "why"),
        1 => new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, JsonWriter.ToUtf8(Oddities[chance.Next(Oddities.Length)])),
        _ => new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, "{\"a\":{\"b\":2},\"n\":1,\"l\":[1,2],\"t\":\"x\"}"u8.ToArray()),
    };

    private byte[] Flipped(byte[] text)
    {
        for (var flips = _random.Next(1, 5); flips > 0; flips--)
            text[_random.Next(text.Length)] = (byte)(_random.Next(2) == 0 ? text[_random.Next(text.Length)] : _random.Next(256));
        return _random.Next(10) == 0 ? text[..^_random.Next(text.Length)] : text;
    }

    private byte[] Mutated(string text)
    {
        var machine = JsonValue.Parse(text);
        var (names, values) = (new List<string>(), new List<JsonValue>());
        Gather(machine, names, values);
        return JsonWriter.ToUtf8(Mutated(machine, names, values, Math.Max(40, 3 * values.Count)));
    }

    /// <summary>A few members get each other's names and values, or odd ones; some are gone, some come twice.</summary>
    private JsonValue Mutated(JsonValue value, List<string> names, List<JsonValue> values, int rarity)
    {
        if (_random.Next(rarity) == 0)
            return _random.Next(2) == 0 ? Oddities[_random.Next(Oddities.Length)] : values[_random.Next(values.Count)];
        switch (value)
        {
            case JsonObject o:
                var members = new List<KeyValuePair<string, JsonValue>>();
                foreach (var (name, member) in o.Properties)
                {
                    if (_random.Next(rarity) == 0)
                        continue;
                    members.Add(KeyValuePair.Create(
                        _random.Next(rarity) == 0 ? names[_random.Next(names.Count)] : name, Mutated(member, names, values, rarity)));
                }

                return new JsonObject([.. members]);
            case JsonArray a:
                return new JsonArray([.. a.Items.Select(item => Mutated(item, names, values, rarity))]);
            default:
                return value;
        }
    }

    private static void Gather(JsonValue value, List<string> names, List<JsonValue> values)
    {
        values.Add(value);
        if (value is JsonObject o)
        {
            foreach (var (name, member) in o.Properties)
            {
                names.Add(name);
                Gather(member, names, values);
            }
        }
        else if (value is JsonArray a)
        {
            foreach (var item in a.Items)
                Gather(item, names, values);
        }
    }
}
