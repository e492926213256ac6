using System.Globalization;
using System.Text;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Casts values to text, as <c>$string</c> and the operator <c>&amp;</c> do.</summary>
internal static class ValueText
{
    /// <summary>What the digits of a number take, in steps.</summary>
    private const int StepsOfNumber = 8;

    private const int IndentWidth = 2;

    /// <summary>The text of a value: of a string itself, of a function none, of anything else its JSON.</summary>
    /// <exception cref="JsonataException">D3001: an infinity has no text. D1001: the same inside an array or an object.</exception>
    public static string Of(Evaluation evaluation, JsonValue value, bool indented = false)
    {
        switch (value)
        {
            case JsonString text:
                return text.Value;
            case JsonNumber number:
                evaluation.Step(StepsOfNumber);
                return Number(number);
            case JsonBoolean boolean:
                return boolean.Value ? "true" : "false";
            case JsonataFunction:
                return "";
            case JsonNull:
                return "null";
        }

        var written = new StringBuilder();
        Write(evaluation, written, value, indented, 0);
        evaluation.SpendCharacters(written.Length);
        return written.ToString();
    }

    private static string Number(JsonNumber number)
    {
        var value = number.ToDouble();
        return double.IsFinite(value) ? NumberCast.Text(value) : throw JsonataErrors.Of("D3001", value: number);
    }

    /// <summary>A number inside an array or an object, where the reference tells the two that JSON has not another way.</summary>
    private static string Inner(JsonNumber number)
    {
        var value = number.ToDouble();
        if (double.IsNaN(value))
            return "null";
        return double.IsFinite(value) ? NumberCast.Text(value) : throw JsonataErrors.Of("D1001", value: number);
    }

    private static void Write(Evaluation evaluation, StringBuilder text, JsonValue value, bool indented, int depth)
    {
        switch (value)
        {
            case JsonArray array:
                evaluation.Step(array.Count);
                WriteArray(evaluation, text, array, indented, depth);
                break;
            case JsonObject o:
                evaluation.Step(o.Count);
                WriteObject(evaluation, text, o, indented, depth);
                break;
            case JsonString s:
                WriteString(text, s.Value);
                break;
            case JsonataFunction:
                text.Append("\"\"");
                break;
            case JsonNumber number:
                text.Append(Inner(number));
                break;
            default:
                text.Append(JsonWriter.ToText(value));
                break;
        }

        if (text.Length > evaluation.Limits.MaxStringLength)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
    }

    private static void WriteArray(Evaluation evaluation, StringBuilder text, JsonArray array, bool indented, int depth)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        text.Append('[');
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            NewLine(text, indented, depth + 1);
            Write(evaluation, text, array[i], indented, depth + 1);
        }

        if (array.Count > 0)
            NewLine(text, indented, depth);
        text.Append(']');
    }

    private static void WriteObject(Evaluation evaluation, StringBuilder text, JsonObject o, bool indented, int depth)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        text.Append('{');
        var first = true;
        foreach (var (name, value) in o.Properties)
        {
            if (!first)
                text.Append(',');
            first = false;
            NewLine(text, indented, depth + 1);
            WriteString(text, name);
            text.Append(indented ? ": " : ":");
            Write(evaluation, text, value, indented, depth + 1);
        }

        if (!first)
            NewLine(text, indented, depth);
        text.Append('}');
    }

    private static void NewLine(StringBuilder text, bool indented, int depth)
    {
        if (indented)
            text.Append('\n').Append(' ', depth * IndentWidth);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
