using System.Text;
using System.Text.Json;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.AwsJson;

/// <summary>
/// Walks the members of a request. The first error sticks: <see cref="NextMember"/> then answers false, so a reading loop ends,
/// and the caller asks <see cref="Error"/> once. A member given twice counts as its last value.
/// </summary>
/// <remarks>Every value of a member must be read or skipped before the next member is asked for.</remarks>
internal ref struct ShapeReader
{
    private const int StackBytes = 1024;

    private readonly int _maxDepth;
    private Utf8JsonReader _json;

    /// <summary>Starts on a whole body.</summary>
    public ShapeReader(ReadOnlySpan<byte> body, int maxDepth)
    {
        _maxDepth = maxDepth;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        if (Step() && _json.TokenType != JsonTokenType.StartObject)
            Fail("Start of structure expected.");
    }

    /// <summary>The first error, or null.</summary>
    public AwsError? Error { get; private set; }

    /// <summary>Goes to the next member of the structure; false at its end or after an error.</summary>
    public bool NextMember() => Error is null && Step() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>After the last member: refuses what follows the structure.</summary>
    public AwsError? End()
    {
        if (Error is null && Step())
            Fail("Unexpected text after the end of the structure.");
        return Error;
    }

    /// <summary>The value of a text member; null for null.</summary>
    public string? ReadString() => StepTo(JsonTokenType.String, "String") ? CurrentString() : null;

    /// <summary>The value of a text member as UTF-8 of its own; null for null.</summary>
    public byte[]? ReadUtf8()
    {
        if (!StepTo(JsonTokenType.String, "String"))
            return null;
        try
        {
            var length = _json.ValueSpan.Length;
            if (!_json.ValueIsEscaped)
            {
                var whole = new byte[length];
                _json.CopyString(whole);
                return whole;
            }

            using var scratch = new RentedBytes(length);
            var span = length <= StackBytes ? stackalloc byte[StackBytes] : scratch.Span;
            return span[.._json.CopyString(span)].ToArray();
        }
        catch (InvalidOperationException)
        {
            Fail("A string is no valid UTF-8, or has half of a surrogate pair.");
            return null;
        }
    }

    /// <summary>The value of a number member; null for null.</summary>
    public int? ReadInt()
    {
        if (!StepTo(JsonTokenType.Number, "Integer"))
            return null;
        if (_json.TryGetInt32(out var value))
            return value;
        Fail($"{Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, StackBytes)])} can not be converted to an Integer");
        return null;
    }

    /// <summary>The value of a yes-or-no member; null for null.</summary>
    public bool? ReadBool()
    {
        if (!Step() || _json.TokenType == JsonTokenType.Null)
            return null;
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return _json.GetBoolean();
        Mistyped("Boolean");
        return null;
    }

    /// <summary>Enters the structure that is the member's value; false for null.</summary>
    public bool EnterStructure()
    {
        if (!Step() || _json.TokenType == JsonTokenType.Null)
            return false;
        if (_json.TokenType != JsonTokenType.StartObject)
            Fail("Expected null or a structure.");
        return Error is null;
    }

    /// <summary>Enters the list that is the member's value; false for null.</summary>
    public bool EnterList()
    {
        if (!Step() || _json.TokenType == JsonTokenType.Null)
            return false;
        if (_json.TokenType != JsonTokenType.StartArray)
            Fail("Expected list or null");
        return Error is null;
    }

    /// <summary>Goes to the next structure of the list; false at its end.</summary>
    public bool NextStructure()
    {
        if (Error is not null || !Step() || _json.TokenType == JsonTokenType.EndArray)
            return false;
        if (_json.TokenType != JsonTokenType.StartObject)
            Fail("Start of structure expected.");
        return Error is null;
    }

    /// <summary>Goes to the next text of the list and reads it, null for null; false at the list's end.</summary>
    public bool NextString(out string? value)
    {
        value = null;
        if (Error is not null || !Step() || _json.TokenType == JsonTokenType.EndArray)
            return false;
        if (_json.TokenType == JsonTokenType.String)
            value = CurrentString();
        else if (_json.TokenType != JsonTokenType.Null)
            Mistyped("String");
        return Error is null;
    }

    /// <summary>Passes over the value of a member that nobody reads.</summary>
    public void Skip()
    {
        try
        {
            if (Error is null)
                _json.Skip();
        }
        catch (JsonException e)
        {
            Malformed(e);
        }
    }

    private string? CurrentString()
    {
        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            Fail("A string is no valid UTF-8, or has half of a surrogate pair.");
            return null;
        }
    }

    private bool StepTo(JsonTokenType expected, string name)
    {
        if (!Step() || _json.TokenType == JsonTokenType.Null)
            return false;
        if (_json.TokenType == expected)
            return true;
        Mistyped(name);
        return false;
    }

    private bool Step()
    {
        try
        {
            return Error is null && _json.Read();
        }
        catch (JsonException e)
        {
            Malformed(e);
            return false;
        }
    }

    private void Malformed(JsonException e) =>
        Fail($"Malformed JSON, or JSON deeper than {_maxDepth} levels, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");

    private void Mistyped(string expected) => Fail(_json.TokenType switch
    {
        JsonTokenType.StartObject => "Start of structure or map found where not expected.",
        JsonTokenType.StartArray => "Start of list found where not expected.",
        JsonTokenType.String => $"STRING_VALUE can not be converted to a {expected}",
        JsonTokenType.True => $"TRUE_VALUE can not be converted to a {expected}",
        JsonTokenType.False => $"FALSE_VALUE can not be converted to a {expected}",
        _ => $"NUMBER_VALUE can not be converted to a {expected}",
    });

    private void Fail(string message) => Error ??= new AwsError("SerializationException", message);
}
