using System.Collections.Frozen;
using System.Globalization;
using Cluster.Asl.Json;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads the fields of one object of a definition. What does not fit becomes a diagnostic and reads as absent.</summary>
internal sealed class ObjectReader(JsonObject source, Location at, DiagnosticBag diagnostics)
{
    public JsonObject Source => source;

    public Location At => at;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>Reads a value that must be an object.</summary>
    public static ObjectReader? Of(JsonValue value, Location at, DiagnosticBag diagnostics)
    {
        if (value is JsonObject source)
            return new ObjectReader(source, at, diagnostics);
        diagnostics.Schema(at, "Expected value of type Object");
        return null;
    }

    public bool Has(string name) => source.TryGetValue(name, out _);

    public void Refuse(string message) => diagnostics.Schema(at, message);

    public void Refuse(string field, string message) => diagnostics.Schema(at.Field(field), message);

    /// <summary>Refuses the object when one of the fields is missing.</summary>
    public void Require(params ReadOnlySpan<string> names)
    {
        List<string>? missing = null;
        foreach (var name in names)
        {
            if (!Has(name))
                (missing ??= []).Add(name);
        }

        if (missing is not null)
            Refuse($"These fields are required: [{string.Join(", ", missing)}]");
    }

    public void RefuseUnknown(FrozenSet<string> known)
    {
        foreach (var (name, _) in source.Properties)
        {
            if (!known.Contains(name))
                Refuse($"Field '{name}' is not supported");
        }
    }

    /// <summary>Refuses the object when more than one of the fields is there.</summary>
    public bool AtMostOne(params ReadOnlySpan<string> names)
    {
        var count = 0;
        foreach (var name in names)
            count += Has(name) ? 1 : 0;
        if (count > 1)
            Refuse($"There should only be one of the following fields: [{string.Join(", ", names)}]");
        return count <= 1;
    }

    public string? Text(string name)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is JsonString text)
            return text.Value;
        Refuse(name, "Expected value of type String");
        return null;
    }

    public bool? Flag(string name)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is JsonBoolean flag)
            return flag.Value;
        Refuse(name, "Expected value of type Boolean");
        return null;
    }

    public long? Integer(string name, long minimum, long maximum)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is not JsonNumber number || number.Text.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            Refuse(name, "Expected value of type Integer");
            return null;
        }

        var negative = number.Text.StartsWith('-');
        if (!long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            integer = negative ? long.MinValue : long.MaxValue;
        if (integer >= minimum && integer <= maximum)
            return integer;
        Refuse(name, integer < minimum ? $"Minimum value is {minimum}" : $"Maximum value is {maximum}");
        return null;
    }

    public double? Number(string name, double minimum, double maximum = double.MaxValue)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is not JsonNumber number
            || !double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            || !double.IsFinite(real))
        {
            Refuse(name, "Expected value of type Number");
            return null;
        }

        if (real >= minimum && real <= maximum)
            return real;
        var (bound, limit) = real < minimum ? ("Minimum", minimum) : ("Maximum", maximum);
        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"{bound} value is {limit:0.0}"));
        return null;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> values)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is not JsonString text)
        {
            Refuse(name, "Expected value of type [STRING]");
            return null;
        }

        if (values.Contains(text.Value))
            return text.Value;
        Refuse(name, $"Value should be one of the following: [{string.Join(", ", values)}]");
        return null;
    }

    /// <summary>An array of at least one element.</summary>
    public JsonArray? Items(string name)
    {
        if (!source.TryGetValue(name, out var value))
            return null;
        if (value is not JsonArray array)
        {
            Refuse(name, "Expected value of type Array");
            return null;
        }

        if (array.Count > 0)
            return array;
        Refuse(name, "Value cannot be empty");
        return null;
    }
}
