using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;

namespace Cluster.Testing.Interpreter;

/// <summary>
/// Machines by chance: all state types, loops, Parallel and Map inside each other, paths that often lead nowhere, and all that may stand in
/// states that can fail.
/// </summary>
/// <param name="random">Chance.</param>
/// <param name="isGentle">Whether what states put out has mostly the shape that others look for, so that the machine gets far.</param>
/// <param name="isTame">Whether the machine is one that a simple model understands: nothing in it depends on times, and no text is broken.</param>
public sealed class RandomMachine(Random random, bool isGentle, bool isTame = false)
{
    /// <summary>How deep Parallel and Map are nested mostly.</summary>
    public const int ShallowNesting = 4;

    private const int DeepNesting = 10;

    /// <summary>How many states a machine may have before nothing more is nested in it.</summary>
    private const int ManyStates = 40;

    private readonly RandomFields _fields = new(random, isGentle, isTame);
    private int _scopes;
    private int _states;
    private bool _isDeep;

    /// <summary>How deep Parallel and Map are nested where it is not a deep one by chance; 0 is not at all.</summary>
    public int Nesting { get; init; } = ShallowNesting;

    /// <summary>A machine that the parser takes, with its text.</summary>
    public (string Text, StateMachineDefinition Definition) Next()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var text = Text();
            if (DefinitionParser.Parse(Encoding.UTF8.GetBytes(text)).Definition is { } definition)
                return (text, definition);
        }

        throw new InvalidOperationException("No machine in 1,000 was valid.");
    }

    /// <summary>A machine's text; nearly always valid.</summary>
    public string Text()
    {
        (_scopes, _states) = (0, 0);
        _isDeep = Nesting > 0 && _fields.Chance(0.03);
        var timeout = !isTame && _fields.Chance(0.3) ? $"\"TimeoutSeconds\":{random.Next(1, 30)}," : "";
        return $"{{{timeout}{Scope(depth: 0)}}}";
    }

    /// <summary>StartAt and States of a scope. Names are taken once in a machine.</summary>
    private string Scope(int depth)
    {
        var scope = new ScopeShape($"S{_scopes++}x", depth, depth == 0 ? random.Next(1, 6) : random.Next(1, _isDeep ? 2 : 4));
        _states += scope.States;

        // Each state leads to the one after it, and often to any other too, so that all are reachable.
        var states = Enumerable.Range(0, scope.States).Select(i => $"\"{scope.Name(i)}\":{{{State(scope, i)}}}");
        return $"\"StartAt\":\"{scope.Name(0)}\",\"States\":{{{string.Join(',', states)}}}";
    }

    private string State(ScopeShape scope, int index)
    {
        var isLast = index == scope.States - 1;
        var next = isLast ? "\"End\":true" : $"\"Next\":\"{scope.Name(index + 1)}\"";
        if (Nests(scope.Depth))
            return _fields.Ends() + (_fields.Chance(0.5) ? Parallel(scope) : Map(scope)) + next;
        return random.Next(isLast ? 7 : 8) switch
        {
            0 => _fields.Ends() + Pass() + next,
            1 => _fields.Input() + "\"Type\":\"Wait\"," + _fields.Wait() + next,
            2 when isLast => "\"Type\":\"Succeed\"",
            3 when isLast && _fields.Chance(scope.Depth == 0 ? 1 : 0.6) => "\"Type\":\"Fail\"" + _fields.Fail(),
            7 => Choice(scope.Name(index + 1), AnyOf(scope)),
            _ => _fields.Ends() + Task(scope) + next,
        };
    }

    private bool Nests(int depth)
    {
        if (_isDeep)
            return depth < DeepNesting;
        return depth < Nesting && _states < ManyStates && _fields.Chance(depth == 0 ? 0.35 : 0.25);
    }

    private string Parallel(ScopeShape scope)
    {
        var count = _isDeep ? 1 : random.Next(1, 4);
        var branches = string.Join(',', Enumerable.Range(0, count).Select(_ => $"{{{Scope(scope.Depth + 1)}}}"));
        return $"\"Type\":\"Parallel\",\"Branches\":[{branches}]," + _fields.Template("Parameters") + _fields.Selection() + Handlers(scope);
    }

    private string Map(ScopeShape scope)
    {
        var isLegacy = _fields.Chance(0.3);
        var processor = isLegacy
            ? $"\"Iterator\":{{{Scope(scope.Depth + 1)}}},"
            : $"\"ItemProcessor\":{{\"ProcessorConfig\":{{\"Mode\":\"INLINE\"}},{Scope(scope.Depth + 1)}}},";
        return "\"Type\":\"Map\"," + processor + _fields.Iteration(isLegacy) + _fields.Selection() + Handlers(scope);
    }

    private string Task(ScopeShape scope) =>
        (_fields.Chance(0.5)
            ? "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"," + _fields.Template("Parameters")
            : "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\",\"Payload.$\":\"$\"},")
        + _fields.Seconds("Timeout", 5, 20) + _fields.Seconds("Heartbeat", 1, 4) + _fields.Template("ResultSelector") + Handlers(scope);

    /// <summary>Where states that can fail put their result, and what they do with their failure.</summary>
    private string Handlers(ScopeShape scope) =>
        _fields.ResultPlace() + _fields.Retry() + _fields.Catch(() => AnyOf(scope));

    private string Pass() =>
        "\"Type\":\"Pass\"," + _fields.Template("Parameters") + (isGentle && _fields.Chance(0.5) ? "" : _fields.ResultPlace())
        + (_fields.Chance(0.5) ? "\"Result\":{\"a\":{\"b\":1},\"n\":3,\"l\":[7,{\"l\":[1]},\"x\"],\"t\":\"2023-11-14T22:13:50Z\"}," : "");

    private string Choice(string next, string other) =>
        $"\"Type\":\"Choice\",\"Choices\":[{_fields.Rule(next)},{_fields.Rule(other)}]" + (isGentle || _fields.Chance(0.8) ? $",\"Default\":\"{other}\"" : "");

    private string AnyOf(ScopeShape scope) => scope.Name(random.Next(scope.States));

    /// <summary>A scope that is being written.</summary>
    private sealed record ScopeShape(string Prefix, int Depth, int States)
    {
        public string Name(int index) => $"{Prefix}{index}";
    }
}
