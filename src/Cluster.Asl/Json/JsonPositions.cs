using System.Globalization;

namespace Cluster.Asl.Json;

/// <summary>
/// Where the values of a text stand: JSON pointer to line and column. Made only when somebody asks, from a text that
/// has been parsed, so that parsing pays nothing for it.
/// </summary>
public sealed class JsonPositions
{
    private readonly byte[] _text;
    private readonly JsonPlace _root;

    private JsonPositions(byte[] text, JsonPlace root)
    {
        _text = text;
        _root = root;
    }

    /// <summary>Reads the places of a text.</summary>
    /// <param name="utf8">A text that <see cref="JsonParser"/> has taken.</param>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static JsonPositions Of(ReadOnlySpan<byte> utf8)
    {
        if (!JsonParser.TryParse(utf8, JsonParserOptions.Payload, out _, out var error))
            throw new FormatException(error.Message);
        return new JsonPositions(utf8.ToArray(), new JsonPlaceReader(utf8).Read());
    }

    /// <summary>A name as a token of a JSON pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Finds the first character of a value.</summary>
    /// <param name="pointer">A JSON pointer (RFC 6901), empty for the whole document.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column in UTF-16 units, from 1.</param>
    /// <returns>Whether there is such a value; if not, the place of the nearest value around it.</returns>
    public bool TryFind(string pointer, out int line, out int column)
    {
        var place = _root;
        var found = pointer.Length == 0 || pointer[0] == '/';
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (place.Find(name) is not { } next)
            {
                found = false;
                break;
            }

            place = next;
        }

        (line, column) = JsonSourceLocation.After(_text.AsSpan(0, place.Offset));
        return found;
    }
}

/// <summary>The place of one value, and of those in it.</summary>
/// <param name="offset">Its first byte.</param>
internal sealed class JsonPlace(int offset)
{
    private Dictionary<string, JsonPlace>? _members;
    private List<JsonPlace>? _items;

    public int Offset { get; } = offset;

    /// <summary>Adds a member; of a repeated name the last one counts, as in values.</summary>
    public void Add(string name, JsonPlace place) => (_members ??= new(StringComparer.Ordinal))[name] = place;

    public void Add(JsonPlace place) => (_items ??= []).Add(place);

    public JsonPlace? Find(string token)
    {
        if (_members is not null)
            return _members.GetValueOrDefault(token);
        return int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _items?.Count
            ? _items[index]
            : null;
    }
}
