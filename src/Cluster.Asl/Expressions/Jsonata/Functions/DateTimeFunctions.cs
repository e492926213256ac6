using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>
/// The clock, and timestamps as numbers and as texts. The clock is the evaluation's: it stands still while an expression runs.
/// </summary>
internal static class DateTimeFunctions
{
    public static readonly BuiltInFunction[] All =
    [
        new("now", "<s?s?:s>", Now),
        new("millis", "<:n>", static (evaluation, _) => JsonNumber.Of(evaluation.Now)),
        new("fromMillis", "<n-s?s?:s>", FromMillis),
        new("toMillis", "<s-s?:n>", ToMillis),
    ];

    private static JsonValue Now(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) =>
        Format(evaluation, "now", evaluation.Now, arguments, zoneIndex: 2);

    private static JsonValue? FromMillis(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) => arguments[0] is JsonNumber number
        ? Format(evaluation, "fromMillis", number.ToDouble(), arguments[1..], zoneIndex: 3)
        : null;

    /// <param name="evaluation">The evaluation.</param>
    /// <param name="function">The function's name, for errors.</param>
    /// <param name="millis">Milliseconds since 1970.</param>
    /// <param name="how">The picture and the time zone.</param>
    /// <param name="zoneIndex">The number of the argument that is the time zone, for errors.</param>
    private static JsonString Format(Evaluation evaluation, string function, double millis, ReadOnlySpan<JsonValue?> how, int zoneIndex)
    {
        var zone = default(TimeZoneOffset);
        if (how[1] is JsonString place && !TimeZoneOffset.TryRead(place.Value, out zone))
            throw JsonataErrors.Of("T0410", token: function, value: place, index: zoneIndex);
        var text = DatePictureText.Format(millis, (how[0] as JsonString)?.Value, zone);
        evaluation.Step(text.Length / PictureLimits.CharactersPerStep);
        evaluation.SpendCharacters(text.Length);
        return new JsonString(text);
    }

    private static JsonValue? ToMillis(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        if (arguments[1] is JsonString picture)
        {
            evaluation.Step(picture.Value.Length / PictureLimits.CharactersPerStep);
            var read = DatePictureReading.Read(text.Value, picture.Value, evaluation.Now, out var tries);
            evaluation.Step(tries / PictureLimits.TriesPerStep);
            return read is { } moment ? JsonNumber.OfComputed(moment) : null;
        }

        return IsoTimestamp.TryRead(text.Value, out var millis)
            ? JsonNumber.OfComputed(millis)
            : throw JsonataErrors.Of("D3110", value: text);
    }
}
