using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.DataFlow;

/// <summary>
/// What a state's handler works with: the scope, the execution's facts, the decision's context; and the steps of the data flow
/// InputPath → Parameters → (work) → ResultSelector → ResultPath → OutputPath (A30), each of which may fail.
/// </summary>
internal readonly ref struct StateFrame(
    Scope scope, StateDefinition state, Execution execution, DecisionContext context, MapItem? item = null, Payload? result = null, string? token = null)
{
    private readonly StateDefinition _state = state;

    private readonly MapItem? _item = item ?? scope.Item;

    private readonly Payload? _result = result;

    private readonly string? _token = token ?? scope.Token;

    public Scope Scope { get; } = scope;

    public Execution Execution { get; } = execution;

    public DecisionContext Context { get; } = context;

    /// <summary>The context object as an expression of this state sees it; RetryCount only in states that can retry.</summary>
    public ContextObject ContextObject =>
        new(Execution.Context, Scope.State!, Scope.EnteredAt, RetryCountOf(), ContextTokenOf(), _item);

    /// <summary>
    /// A number drawn uniformly from 0 to 1 (exclusive) for the state's next retry. Branches that fail in one decision draw apart, or their
    /// jitter would bring them back together.
    /// </summary>
    public double RetryChance => Chance.Unit(SeedOf("Retry"));

    /// <summary>The same, as an expression sees it for which this is the item of the iteration.</summary>
    public StateFrame In(MapItem item) => new(Scope, _state, Execution, Context, item);

    /// <summary>The same, in an attempt with this token.</summary>
    public StateFrame WithToken(string token) => new(Scope, _state, Execution, Context, _item, _result, token);

    /// <summary>The same, with the result of the state's work.</summary>
    public StateFrame With(Payload result) => new(Scope, _state, Execution, Context, _item, result);

    /// <summary>What a document's expressions look at.</summary>
    /// <param name="document">The document.</param>
    /// <param name="purpose">Tells apart evaluations of one step of the state that must not draw the same random numbers.</param>
    public EvaluationScope On(JsonValue document, string purpose = "") => new(document, ContextObject, SeedOf(purpose));

    /// <summary>InputPath: the effective input.</summary>
    public bool TryInput(StateDefinition state, out JsonValue value, out ExecutionEvent? failed) =>
        TryRead(state.InputPath, Scope.Data.Value, out value, out failed);

    /// <summary>InputPath or OutputPath on a document.</summary>
    public bool TryRead(PathField field, JsonValue document, out JsonValue value, out ExecutionEvent? failed)
    {
        failed = null;
        value = document;
        if (ReferenceEquals(field, PathField.Root))
            return true;
        if (field.Path is not { } path)
        {
            value = JsonObject.Empty;
            return true;
        }

        if (path.TryReadDocument(On(document), out var found, out var failure))
        {
            value = found;
            return true;
        }

        failed = Failed(failure.Error, failure.Detail);
        return false;
    }

    /// <summary>Parameters or ResultSelector on a document.</summary>
    public bool TryFill(PayloadTemplate? template, JsonValue document, out JsonValue value, out ExecutionEvent? failed)
    {
        failed = null;
        value = document;
        if (template is null)
            return true;
        if (template.TryEvaluate(On(document), out var filled, out var failure))
        {
            value = filled;
            return true;
        }

        failed = Failed(failure.Error, failure.Detail);
        return false;
    }

    /// <summary>ResultPath: the result in its place in the raw input (A32).</summary>
    public bool TryPlace(ResultPathField field, JsonValue result, out JsonValue value, out ExecutionEvent? failed)
    {
        failed = null;
        value = result;
        if (ReferenceEquals(field, ResultPathField.Root))
            return true;
        if (field.Path is not { } path)
        {
            value = Scope.Data.Value;
            return true;
        }

        if (path.TryWrite(Scope.Data.Value, result, out var written, out var failure))
        {
            value = written;
            return true;
        }

        failed = Failed(failure.Error, failure.Detail);
        return false;
    }

    /// <summary>OutputPath, then the event that leaves the state.</summary>
    public ExecutionEvent Leave(StateDefinition state, JsonValue document, string? next)
    {
        if (!TryRead(state.OutputPath, document, out var output, out var failed))
            return failed!;
        return Exit(state, output, next);
    }

    /// <summary>The event that leaves the state with an output, or fails it when the output is too large.</summary>
    public ExecutionEvent Exit(StateDefinition state, JsonValue output, string? next) =>
        TryWrap(output, out var payload)
            ? new StateExited(state.Name, state.Type, next) { Scope = Scope.Path, Payload = payload }
            : TooLarge(state);

    /// <summary>The failure of a state that makes a payload which is too large (A80).</summary>
    public ExecutionEvent TooLarge(StateDefinition state) =>
        new StateFailed(ErrorNames.DataLimitExceeded, FailureText.TooLarge(state.Name), FailureKind.Given) { Scope = Scope.Path };

    /// <summary>
    /// A value as a payload: input or result itself where the value is all of it, so that an untouched text goes through as it was written;
    /// otherwise a compact text of its own. False when its text is too large.
    /// </summary>
    /// <remarks>The text is written no further than the limit: values share their parts, and a small value can have an endless text.</remarks>
    public bool TryWrap(JsonValue value, [NotNullWhen(true)] out Payload? payload)
    {
        var limit = Context.Limits.PayloadBytes;
        if (ReferenceEquals(value, Scope.Data.Value))
            payload = Scope.Data;
        else if (_result is not null && ReferenceEquals(value, _result.Value))
            payload = _result;
        else
            return Payload.TryOf(value, limit, out payload);
        if (payload.Size > limit)
            payload = null;
        return payload is not null;
    }

    /// <summary>A failure of evaluation.</summary>
    public ExecutionEvent Failed(string error, string detail) =>
        new StateFailed(error, FailureText.WellFormed(detail), FailureKind.Evaluation) { Scope = Scope.Path };

    /// <summary>The failure of a path in a field that leads nowhere.</summary>
    public ExecutionEvent NotFound(JsonPath path, string field, JsonValue document)
    {
        var failure = EvaluationFailure.PathNotFound(path, field, document);
        return Failed(failure.Error, failure.Detail);
    }

    /// <summary>The failure of a field that names something else than the number it needs.</summary>
    public ExecutionEvent NotAnInteger(string field, JsonValue value, JsonPath path) => Failed(
        ErrorNames.Runtime, $"The {field} field refers to value \"{Shown(value)}\" which is not a valid integer: {path.Text}");

    /// <summary>A value as causes show it: a string without its quotes.</summary>
    public static string Shown(JsonValue value) => value is JsonString text ? text.Value : EvaluationFailure.Quoted(value);

    // Recordings of Task states show RetryCount and no RedriveCount, those of states that cannot retry the other way round.
    private int? RetryCountOf() => _state is RecoverableState ? Scope.RetryCount : null;

    /// <summary>Only expressions of integrations see the token; the workers of an activity get it.</summary>
    private string? ContextTokenOf() => _token is not null && _state is TaskState { Resource.Kind: TaskKind.Integration } ? _token : null;

    /// <summary>Chance is the decision's; each step of each attempt of each visit in each scope, and each item, has its own.</summary>
    private ulong SeedOf(string purpose)
    {
        var step = ((ulong)Scope.Visit << 32) | ((ulong)(uint)Scope.RetryCount << 8) | (byte)Scope.Phase;
        var seed = Chance.Derive(Chance.Derive(Chance.Derive(Context.Seed, step), Scope.Path), purpose);
        return _item is null ? seed : Chance.Derive(seed, (ulong)_item.Index);
    }
}
