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

    /// <summary>Before a part is evaluated: refuses what lies too deep.</summary>
    public void CheckLevel(int level)
    {
        if (level > MaxDepth)
            throw JsonataErrors.Limit(JsonataLimits.DepthSentence, JsonataLimits.RunawayCode);
    }
}
