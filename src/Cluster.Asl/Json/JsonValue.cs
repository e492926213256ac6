namespace Cluster.Asl.Json;

/// <summary>The six kinds of JSON value.</summary>
public enum JsonKind : byte
{
    /// <summary>The literal <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A number, kept as it was written.</summary>
    Number,

    /// <summary>A string of UTF-16 code units.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object whose keys keep their order.</summary>
    Object,
}

/// <summary>
/// A JSON value. Immutable, so scopes, events and branches share it by reference; equality is by value
/// (numbers by their numeric value, objects without regard to key order).
/// </summary>
/// <remarks>
/// <see cref="Depth"/> is bounded by <see cref="JsonParserOptions.MaxDepth"/> where values enter and by
/// <see cref="JsonParserOptions.DefaultMaxDepth"/> where templates and paths build them, so walkers may recurse.
/// </remarks>
public abstract class JsonValue : IEquatable<JsonValue>
{
    private protected JsonValue()
    {
    }

    /// <summary>The value <c>null</c>.</summary>
    public static JsonValue Null => JsonNull.Instance;

    /// <summary>The kind of this value.</summary>
    public abstract JsonKind Kind { get; }

    /// <summary>How deep arrays and objects nest: 0 for a scalar, 1 for an empty array or object.</summary>
    public virtual int Depth => 0;

    /// <summary>Parses a payload (last duplicate key wins), for texts that are known to be JSON.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static JsonValue Parse(string text) => JsonParser.Parse(text);

    /// <inheritdoc/>
    public abstract bool Equals(JsonValue? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>The compact JSON text, keys in insertion order, numbers as written.</summary>
    public sealed override string ToString() => JsonWriter.ToText(this);
}

/// <summary>The JSON literal <c>null</c>.</summary>
public sealed class JsonNull : JsonValue
{
    internal static readonly JsonNull Instance = new();

    private JsonNull()
    {
    }

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Null;

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other) => other is JsonNull;

    /// <inheritdoc/>
    public override int GetHashCode() => 1;
}

/// <summary>The JSON literals <c>true</c> and <c>false</c>.</summary>
public sealed class JsonBoolean : JsonValue
{
    /// <summary><c>true</c>.</summary>
    public static readonly JsonBoolean True = new(value: true);

    /// <summary><c>false</c>.</summary>
    public static readonly JsonBoolean False = new(value: false);

    private JsonBoolean(bool value) => Value = value;

    /// <summary>The truth value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Boolean;

    /// <summary>The shared instance for a truth value.</summary>
    public static JsonBoolean Of(bool value) => value ? True : False;

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value ? 3 : 2;
}

/// <summary>A JSON string.</summary>
public sealed class JsonString(string value) : JsonValue
{
    /// <summary>The string without characters.</summary>
    public static readonly JsonString Empty = new("");

    /// <summary>The characters, unescaped.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.String;

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other) => other is JsonString s && string.Equals(s.Value, Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StableHash.Of(Value);
}
