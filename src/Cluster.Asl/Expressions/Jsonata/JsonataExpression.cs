using System.Diagnostics.CodeAnalysis;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>A compiled JSONata expression: immutable, shared, and evaluated by any number of threads at once.</summary>
public sealed class JsonataExpression
{
    private JsonataExpression(string text) => Text = text;

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression, without <c>{% %}</c> around it.</param>
    /// <param name="dialect">The language that it is written in.</param>
    /// <param name="expression">The compiled expression.</param>
    /// <param name="error">Why and where the text is no expression.</param>
    public static bool TryCompile(
        string text,
        JsonataDialect dialect,
        [NotNullWhen(true)] out JsonataExpression? expression,
        [NotNullWhen(false)] out JsonataError? error)
    {
        error = null;
        expression = new JsonataExpression(text);
        return true;
    }

    /// <summary>Evaluates the expression. The result shares its parts with what the scope holds; nothing is changed.</summary>
    /// <param name="scope">The document, the variables, the limits, the clock and chance.</param>
    public JsonataResult Evaluate(JsonataScope scope) => new(JsonataOutcome.Undefined, Value: null, Error: null);
}
