using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cluster.Asl.Json;

/// <summary>
/// A JSON number, kept as it was written: big integers and decimals lose nothing. Numbers compare by their exact
/// value, so that 1, 1.0 and 1e0 are equal.
/// </summary>
public sealed class JsonNumber : JsonValue
{
    /// <summary>The integers from 0 up to which instances are shared.</summary>
    private const int SharedIntegers = 256;

    private static readonly JsonNumber[] Shared =
        [.. Enumerable.Range(0, SharedIntegers).Select(i => new JsonNumber(i.ToString(CultureInfo.InvariantCulture)))];

    private string? _text;

    // The nearest double, once someone asked; NaN before. Threads that share the number write the same value.
    private double _double = double.NaN;

    /// <summary>A number as it is written.</summary>
    /// <param name="text">A number by the grammar of JSON.</param>
    public JsonNumber(string text) => _text = text;

    private JsonNumber(double value) => _double = value;

    /// <summary>The number as it was written; of a computed one, as JavaScript writes it.</summary>
    public string Text => _text ??= ScriptNumber.Text(_double);

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Number;

    /// <summary>Whether it was written without a fraction and without an exponent, as Jackson tells integers from decimals.</summary>
    public bool IsInteger => Text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    /// <summary>An integer.</summary>
    public static JsonNumber Of(long value) =>
        value is >= 0 and < SharedIntegers ? Shared[value] : new JsonNumber(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The shortest text that reads back as the same double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">JSON has no infinities and no NaN.</exception>
    public static JsonNumber Of(double value) =>
        double.IsFinite(value)
            ? new JsonNumber(value.ToString("R", CultureInfo.InvariantCulture))
            : throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");

    /// <summary>The value, if it was written as an integer and fits.</summary>
    public bool TryGetInt64(out long value) =>
        long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>The nearest double; an infinity where the number is larger than any.</summary>
    public double ToDouble()
    {
        var value = _double;
        return double.IsNaN(value) && _text is { } text
            ? _double = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : value;
    }

    /// <summary>Whether the number can be written as JSON: a computed one may be an infinity or NaN.</summary>
    internal bool IsJson => _text is { } text ? char.IsAsciiDigit(text[^1]) : double.IsFinite(_double);

    /// <summary>
    /// A number inside a computation, whose text is made when it is asked for. Infinities and NaN may be among them; they never leave it.
    /// </summary>
    internal static JsonNumber OfComputed(double value)
    {
        const double OneSharedTooMany = SharedIntegers;
        if (value is >= 0 and < OneSharedTooMany)
        {
            var integer = (int)value;
            if (integer == value && !double.IsNegative(value))
                return Shared[integer];
        }

        return new JsonNumber(value);
    }

    /// <summary>Compares by value, exactly, in time linear in the length of the texts.</summary>
    public static int Compare(JsonNumber left, JsonNumber right) =>
        left.TryGetInt64(out var l) && right.TryGetInt64(out var r)
            ? l.CompareTo(r)
            : DecimalText.Compare(new DecimalText(left.Text), new DecimalText(right.Text));

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other)
    {
        if (other is not JsonNumber number)
            return false;
        if (string.Equals(number.Text, Text, StringComparison.Ordinal))
            return true;

        // JSON allows no leading zeros: each integer but 0 has one text.
        var areIntegers = IsInteger && number.IsInteger;
        return areIntegers ? IsZero(Text) && IsZero(number.Text) : Compare(this, number) == 0;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => new DecimalText(Text).Hash();

    private static bool IsZero(string integer) => integer is "0" or "-0";

    /// <summary>A number whose grammar the parser has checked.</summary>
    internal static JsonNumber OfWritten(ReadOnlySpan<byte> ascii)
    {
        Debug.Assert(ascii.Length > 0, "A number has a digit.");
        const int MaxSharedLength = 3;
        if (ascii.Length <= MaxSharedLength && ascii[0] != '-')
        {
            var value = 0;
            foreach (var c in ascii)
                value = c is >= (byte)'0' and <= (byte)'9' ? (value * 10) + (c - '0') : SharedIntegers;
            if (value < SharedIntegers)
                return Shared[value];
        }

        return new JsonNumber(Encoding.ASCII.GetString(ascii));
    }
}
