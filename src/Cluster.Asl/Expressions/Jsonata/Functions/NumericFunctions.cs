using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of numbers, but for the aggregates, and what makes texts of numbers and numbers of texts.</summary>
internal static class NumericFunctions
{
    private const int DefaultRadix = 10;

    public static readonly BuiltInFunction[] All =
    [
        new("number", "<(nsb)-:n>", Number),
        new("abs", "<n-:n>", static (_, arguments) => Map(arguments[0], Math.Abs)),
        new("floor", "<n-:n>", static (_, arguments) => Map(arguments[0], Math.Floor)),
        new("ceil", "<n-:n>", static (_, arguments) => Map(arguments[0], Math.Ceiling)),
        new("round", "<n-n?:n>", Round),
        new("sqrt", "<n-:n>", Sqrt),
        new("power", "<n-n:n>", Power),
        new("random", "<:n>", static (evaluation, _) => JsonNumber.OfComputed(Chance.Unit(evaluation.Draw()))),
        new("formatNumber", "<n-so?:s>", FormatNumber),
        new("formatBase", "<n-n?:s>", FormatBase),
        new("formatInteger", "<n-s:s>", FormatInteger),
        new("parseInteger", "<s-s:n>", ParseInteger),
    ];

    private static JsonValue? Number(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        switch (arguments[0])
        {
            case JsonString text:
                evaluation.StepText(text.Value.Length);
                return NumberText.TryRead(text.Value, out var value)
                    ? JsonNumber.OfComputed(value)
                    : throw JsonataErrors.Of("D3030", value: text, index: 1);
            case JsonBoolean boolean:
                return JsonNumber.Of(boolean.Value ? 1 : 0);
            default:
                return arguments[0];
        }
    }

    /// <summary>Adding zero makes of negative zero the one that texts and conditions know.</summary>
    private static JsonNumber? Map(JsonValue? argument, Func<double, double> function) =>
        argument is JsonNumber number ? JsonNumber.OfComputed(function(number.ToDouble()) + 0.0) : null;

    private static JsonValue? Round(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) => arguments[0] is JsonNumber number
        ? JsonNumber.OfComputed(Rounding.ToEven(number.ToDouble(), Whole(arguments[1], 0)))
        : null;

    private static JsonValue? Sqrt(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
            return null;
        var value = number.ToDouble();
        return value < 0 ? throw JsonataErrors.Of("D3060", value: number, index: 1) : JsonNumber.OfComputed(Math.Sqrt(value));
    }

    private static JsonValue? Power(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
            return null;
        var result = arguments[1] is JsonNumber exponent ? Math.Pow(number.ToDouble(), exponent.ToDouble()) : double.NaN;
        return double.IsFinite(result)
            ? JsonNumber.OfComputed(result)
            : throw JsonataErrors.Of("D3061", value: number, value2: arguments[1], index: 1);
    }

    private static JsonValue? FormatNumber(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments is not [JsonNumber number, ..])
            return null;
        var symbols = NumberSymbols.Default;
        if (arguments[2] is JsonObject options)
        {
            foreach (var (name, value) in options.Properties)
                symbols = symbols.With(name, ValueText.Of(evaluation, value));

            // Pictures with other symbols are not remembered, so each call reads its own.
            evaluation.Step(((arguments[1] as JsonString)?.Value.Length ?? 0) / PictureLimits.CharactersPerStep);
        }

        var picture = NumberPicture.Of((arguments[1] as JsonString)?.Value ?? "", symbols);
        return Built(evaluation, NumberPictureText.Format(number.ToDouble(), picture));
    }

    private static JsonValue? FormatBase(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonNumber number)
            return null;
        var radix = arguments[1] is JsonNumber given ? Rounding.ToEven(given.ToDouble(), 0) : DefaultRadix;
        return radix is >= RadixText.MinRadix and <= RadixText.MaxRadix
            ? Built(evaluation, RadixText.Format(number.ToDouble(), (int)radix))
            : throw JsonataErrors.Of("D3100", value: JsonNumber.OfComputed(radix));
    }

    private static JsonValue? FormatInteger(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) => arguments[0] is JsonNumber number
        ? Built(evaluation, IntegerText.Format(number.ToDouble(), IntegerPicture.Of((arguments[1] as JsonString)?.Value ?? "")))
        : null;

    private static JsonValue? ParseInteger(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return null;
        evaluation.Step(text.Length / PictureLimits.CharactersPerStep);
        return JsonNumber.OfComputed(IntegerReading.Read(text, IntegerPicture.Of((arguments[1] as JsonString)?.Value ?? "")));
    }

    /// <summary>A number cut to an integer, or another one where there is none.</summary>
    private static int Whole(JsonValue? value, int otherwise) => value is JsonNumber number
        ? (int)Math.Clamp(Math.Truncate(number.ToDouble()), int.MinValue, int.MaxValue)
        : otherwise;

    private static JsonString Built(Evaluation evaluation, string text)
    {
        evaluation.Step(text.Length / PictureLimits.CharactersPerStep);
        evaluation.SpendCharacters(text.Length);
        return new JsonString(text);
    }
}
