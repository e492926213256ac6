using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// A JSON text that travels through an execution: an input, an output, the parameters of a call. It knows in which history event its
/// text is stored, so that the same payload is stored once and named by that event's id afterwards.
/// </summary>
/// <remarks>
/// Text and value are made from each other when first asked for; both are immutable. Branches ask for the value on several threads at once:
/// all get the same object, by which a value is known to be the whole of its payload.
/// </remarks>
public sealed class Payload : IEquatable<Payload>
{
    private ReadOnlyMemory<byte> _utf8;
    private JsonValue? _value;

    private Payload(ReadOnlyMemory<byte> utf8, JsonValue? value, long origin)
    {
        _utf8 = utf8;
        _value = value;
        Origin = origin;
    }

    /// <summary>The history event that holds the text; 0 until <see cref="ExecutionDecider"/> has accepted an event with it.</summary>
    public long Origin { get; private set; }

    /// <summary>The text, UTF-8: as it was sent, or compact when the engine made it.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            if (_utf8.IsEmpty)
                _utf8 = JsonWriter.ToUtf8(_value!);
            return _utf8;
        }
    }

    /// <summary>The value.</summary>
    /// <exception cref="FormatException">The text is not JSON: whoever let it in did not check it.</exception>
    public JsonValue Value => Volatile.Read(ref _value) ?? Parsed();

    /// <summary>The size of the text in bytes, which AWS limits to 262,144.</summary>
    public int Size => Utf8.Length;

    /// <summary>A payload of a value that the engine made; its text is compact.</summary>
    public static Payload Of(JsonValue value) => new(default, value, origin: 0);

    /// <summary>A payload of a value that the engine made, its text written; false when that is longer than a limit in bytes.</summary>
    internal static bool TryOf(JsonValue value, int limit, [NotNullWhen(true)] out Payload? payload)
    {
        payload = JsonWriter.ToUtf8(value, limit) is { } utf8 ? new Payload(utf8, value, origin: 0) : null;
        return payload is not null;
    }

    /// <summary>A payload of a text that came from outside and is kept as it was sent.</summary>
    /// <param name="utf8">JSON; not empty.</param>
    /// <param name="value">Its value, if it is parsed already.</param>
    public static Payload OfText(ReadOnlyMemory<byte> utf8, JsonValue? value = null) => new(utf8, value, origin: 0);

    /// <summary>A payload as the journal holds it.</summary>
    public static Payload Stored(ReadOnlyMemory<byte> utf8, long origin) => new(utf8, value: null, origin);

    /// <summary>Reads a text from outside; false with a reason when it is no JSON.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Payload? payload, [NotNullWhen(false)] out JsonParseError? error)
    {
        payload = JsonParser.TryParse(utf8.Span, JsonParserOptions.Payload, out var value, out error)
            ? new Payload(utf8, value, origin: 0)
            : null;
        return payload is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Payload? other) =>
        ReferenceEquals(this, other) || (other is not null && Origin == other.Origin && SameText(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Payload);

    /// <inheritdoc/>
    public override int GetHashCode() => Size;

    /// <inheritdoc/>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Whether the texts are the same bytes.</summary>
    internal bool SameText(Payload other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <summary>Tells the payload, once, which event holds it.</summary>
    internal void StoredIn(long historyId) => Origin = historyId;

    /// <summary>The same payload for storing once more, in another event.</summary>
    internal Payload Again() => new(_utf8, _value, origin: 0);

    private JsonValue Parsed()
    {
        var mine = ParseText();
        return Interlocked.CompareExchange(ref _value, mine, comparand: null) ?? mine;
    }

    private JsonValue ParseText()
    {
        if (!JsonParser.TryParse(_utf8.Span, JsonParserOptions.Payload, out var value, out var error))
            throw new FormatException(error.Message);
        return value;
    }
}
