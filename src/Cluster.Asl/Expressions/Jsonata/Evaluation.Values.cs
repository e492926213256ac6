using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <content>Variables from outside, and the call that a lambda ends with.</content>
internal sealed partial class Evaluation
{
    private JsonValue?[] _globals = [];

    /// <summary>How deep parts may lie inside each other.</summary>
    public int MaxDepth { get; } = scope.Limits.MaxDepth;

    /// <summary>The function that replaces the one that is ending; its arguments lie on the stack from <see cref="TailMark"/> on.</summary>
    public JsonataFunction? TailFunction { get; set; }

    /// <summary>Where the arguments of <see cref="TailFunction"/> begin.</summary>
    public int TailMark { get; set; }

    /// <summary>The context item at the place of the call that ends a lambda.</summary>
    public JsonValue? TailInput { get; set; }

    /// <summary>The place of the call that ends a lambda, for errors.</summary>
    public Nodes.InvocationNode? TailCall { get; set; }

    /// <summary>A frame in which nothing is bound; a large one takes its time.</summary>
    public Frame NewFrame(VariableScope variables, Frame? parent, int depth, JsonValue? item = null)
    {
        var size = variables.Size;
        if (size >= Operations.LooksPerStep)
            Step(size / Operations.LooksPerStep);
        return new Frame(size, parent, depth) { Item = item };
    }

    /// <summary>Says how many variables from outside the expression may ask for.</summary>
    public void OpenGlobals(int count) => _globals = count == 0 ? [] : new JsonValue?[count];

    /// <summary>A variable of the caller or a built-in function, looked up once.</summary>
    public JsonValue? Global(int index, string name, JsonValue? builtIn)
    {
        if (_globals[index] is not { } known)
        {
            if (scope.Bindings is null || !scope.Bindings.TryRead(name, out var value))
                value = builtIn;
            _globals[index] = known = value ?? Nothing.Instance;
        }

        return ReferenceEquals(known, Nothing.Instance) ? null : known;
    }

    /// <summary>Before a part is evaluated: counts it, and refuses what lies too deep.</summary>
    public void Enter(int level)
    {
        if (level > MaxDepth || --_stepsLeft < 0)
            Refuse(level);
    }

    private void Refuse(int level)
    {
        var sentence = level > MaxDepth ? JsonataLimits.DepthSentence : JsonataLimits.StepsSentence;
        throw JsonataErrors.Limit(sentence, JsonataLimits.RunawayCode);
    }
}
