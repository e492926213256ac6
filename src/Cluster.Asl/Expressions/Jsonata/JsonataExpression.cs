using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Expressions.Jsonata.Nodes;
using Cluster.Asl.Expressions.Jsonata.Syntax;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>A compiled JSONata expression: immutable, shared, and evaluated by any number of threads at once.</summary>
public sealed class JsonataExpression
{
    private readonly Node _root;
    private readonly VariableScope _scope;
    private readonly int _globals;

    private JsonataExpression(string text, Node root, VariableScope scope, int globals, ImmutableArray<JsonataReference> references) =>
        (Text, _root, _scope, _globals, References) = (text, root, scope, globals, references);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>
    /// The variables that the expression reads, with the fields that it takes of them: what a state must bind, and what it may not have.
    /// A variable that is read with a field also stands here without one.
    /// </summary>
    public ImmutableArray<JsonataReference> References { get; }

    /// <summary>Compiles an expression. In Step Functions' dialect, what AWS refuses when a machine is created is refused here.</summary>
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
        expression = null;
        error = null;
        try
        {
            var compiler = new Compiler(dialect);
            var shaped = Shaper.Shape(Parser.Parse(text));
            var references = new ReferenceWalk(refuses: dialect == JsonataDialect.StepFunctions).Find(shaped);
            var root = compiler.Compile(shaped, out var scope);
            expression = new JsonataExpression(text, root, scope, compiler.GlobalCount, references);
            return true;
        }
        catch (JsonataException e)
        {
            error = e.Error;
        }
        catch (InsufficientExecutionStackException)
        {
            error = Parser.TooDeep().Error;
        }

        return false;
    }

    /// <summary>Evaluates the expression. The result shares its parts with what the scope holds; nothing of that is changed.</summary>
    /// <param name="scope">The document, the variables, the limits, the clock and chance.</param>
    public JsonataResult Evaluate(JsonataScope scope)
    {
        var evaluation = new Evaluation(scope);
        evaluation.OpenGlobals(_globals);
        try
        {
            var input = scope.Input is JsonArray array ? Wrap(array) : scope.Input;
            var frame = new Frame(_scope.Size, parent: null, depth: 0);
            frame.Bind(Compiler.RootSlot, scope.Input);
            var value = _root.Evaluate(evaluation, frame, input);
            return value is null
                ? new JsonataResult(JsonataOutcome.Undefined, Value: null, Error: null)
                : Border.Leave(value);
        }
        catch (JsonataException e)
        {
            return new JsonataResult(JsonataOutcome.Error, Value: null, e.Error with { Value = Border.Clean(e.Error.Value) });
        }
        catch (InsufficientExecutionStackException)
        {
            return new JsonataResult(JsonataOutcome.Error, Value: null, Parser.TooDeep().Error);
        }
        finally
        {
            evaluation.Stack.Close();
        }
    }

    /// <summary>A document that is an array counts as one item.</summary>
    private static JsonArray Wrap(JsonArray document) => new([document]) { Traits = ArrayTraits.Sequence | ArrayTraits.Outer };
}
