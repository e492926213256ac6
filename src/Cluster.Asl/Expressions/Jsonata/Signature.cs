using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>What a value is, for signatures; several together are a choice.</summary>
[Flags]
internal enum SignatureTypes : byte
{
    None = 0,
    Missing = 1,
    String = 2,
    Number = 4,
    Boolean = 8,
    Null = 16,
    Object = 32,
    Array = 64,
    Function = 128,
    Json = Missing | String | Number | Boolean | Null | Object | Array,
    Any = Json | Function,
}

/// <summary>The parameters of a function in the reference's notation, for example <c>&lt;s-nn?:s&gt;</c>.</summary>
internal sealed class Signature
{
    private readonly ImmutableArray<Parameter> _parameters;

    private Signature(ImmutableArray<Parameter> parameters) => _parameters = parameters;

    /// <summary>One parameter.</summary>
    /// <param name="Types">What it takes; missing is always taken where something may stand.</param>
    /// <param name="IsArray">Whether a value that is no array is made one.</param>
    /// <param name="Element">The letter of the elements' type, or null where all are taken.</param>
    /// <param name="MayMiss">Whether there may be no argument for it.</param>
    /// <param name="Repeats">Whether it takes any number of arguments.</param>
    /// <param name="TakesContext">Whether the context item stands in for a missing argument.</param>
    internal sealed record Parameter(
        SignatureTypes Types, bool IsArray = false, char? Element = null, bool MayMiss = false, bool Repeats = false, bool TakesContext = false);

    /// <summary>The number of parameters.</summary>
    public int Count => _parameters.Length;

    /// <summary>Reads a signature.</summary>
    /// <exception cref="JsonataException">It means nothing.</exception>
    public static Signature Parse(string text, int? position = null) => new(SignatureParser.Parse(text, position));

    /// <summary>Checks arguments, puts the context item where a parameter asks for it, and pads with undefined.</summary>
    /// <returns>A span of the evaluation's stack, or the arguments themselves where nothing changes.</returns>
    public ReadOnlySpan<JsonValue?> Bind(
        Evaluation evaluation, string? name, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments.Length == _parameters.Length && TakesAsTheyAre(arguments))
            return arguments;
        Span<int> taken = stackalloc int[_parameters.Length];
        if (!Match(arguments, 0, 0, _parameters.Length, toTheEnd: true, taken))
            throw Mismatch(name, arguments);
        var mark = evaluation.Stack.Mark;
        var next = 0;
        for (var i = 0; i < taken.Length; i++)
        {
            var parameter = _parameters[i];
            if (taken[i] == 0)
            {
                if (parameter.TakesContext)
                    evaluation.Stack.Push(Context(parameter, name, input, next));
                else
                    evaluation.Stack.Push(next < arguments.Length ? arguments[next++] : null);
            }

            for (var end = next + taken[i]; next < end; next++)
                evaluation.Stack.Push(parameter.IsArray ? AsArray(evaluation, parameter, name, arguments[next], next) : arguments[next]);
        }

        return evaluation.Stack.Since(mark);
    }

    public static SignatureTypes TypeOf(JsonValue? value) => value switch
    {
        null => SignatureTypes.Missing,
        JsonString => SignatureTypes.String,
        JsonNumber => SignatureTypes.Number,
        JsonArray => SignatureTypes.Array,
        JsonObject => SignatureTypes.Object,
        JsonBoolean => SignatureTypes.Boolean,
        JsonNull => SignatureTypes.Null,
        _ => SignatureTypes.Function,
    };

    /// <summary>The usual case: one fitting argument for each parameter, and no element to look at.</summary>
    private bool TakesAsTheyAre(ReadOnlySpan<JsonValue?> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = _parameters[i];
            var type = TypeOf(arguments[i]);
            if ((parameter.Types & type) == SignatureTypes.None)
                return false;
            if (parameter.IsArray && type != SignatureTypes.Missing && (type != SignatureTypes.Array || parameter.Element is not null))
                return false;
        }

        return true;
    }

    /// <summary>Gives each parameter as many arguments as it takes, first as many as possible, and fewer where the rest then fits.</summary>
    private bool Match(ReadOnlySpan<JsonValue?> arguments, int parameter, int argument, int end, bool toTheEnd, Span<int> taken)
    {
        if (parameter == end)
            return !toTheEnd || argument == arguments.Length;
        var p = _parameters[parameter];
        var most = 0;
        while (argument + most < arguments.Length && (most == 0 || p.Repeats) && (p.Types & TypeOf(arguments[argument + most])) != SignatureTypes.None)
            most++;
        for (var count = most; count >= (p.MayMiss ? 0 : 1); count--)
        {
            taken[parameter] = count;
            if (Match(arguments, parameter + 1, argument + count, end, toTheEnd, taken))
                return true;
        }

        return false;
    }

    private JsonataException Mismatch(string? name, ReadOnlySpan<JsonValue?> arguments)
    {
        Span<int> taken = stackalloc int[_parameters.Length];
        var good = 0;
        for (var end = 1; end <= _parameters.Length; end++)
        {
            if (!Match(arguments, 0, 0, end, toTheEnd: false, taken))
                break;
            good = 0;
            foreach (var count in taken[..end])
                good += count;
        }

        return JsonataErrors.Of("T0410", token: name, value: good < arguments.Length ? arguments[good] : null, index: good + 1);
    }

    private static JsonValue? Context(Parameter parameter, string? name, JsonValue? input, int argument)
    {
        if ((parameter.Types & TypeOf(input)) != SignatureTypes.None)
            return input;
        throw JsonataErrors.Of("T0411", token: name, value: input, index: argument + 1);
    }

    private static JsonValue? AsArray(Evaluation evaluation, Parameter parameter, string? name, JsonValue? argument, int index)
    {
        if (argument is null)
            return null;
        var fits = true;
        if (argument is JsonArray array)
        {
            // Elements must all be of the type that is asked for.
            if (parameter.Element is { } element)
            {
                var type = SignatureParser.TypeOf(element);
                evaluation.Step(array.Count / Operations.LooksPerStep);
                foreach (var item in array.Items)
                    fits &= (TypeOf(item) & type) != SignatureTypes.None;
            }
        }
        else
        {
            fits = parameter.Element is not { } element || (TypeOf(argument) & SignatureParser.TypeOf(element)) != SignatureTypes.None;
        }

        if (!fits)
        {
            var expected = new JsonString(SignatureParser.NameOf(parameter.Element!.Value));
            throw JsonataErrors.Of("T0412", token: name, value: argument, value2: expected, index: index + 1);
        }

        return argument as JsonArray ?? Sequences.Array(evaluation, argument);
    }
}
