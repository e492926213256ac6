using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cluster.Node.StateMachines;

/// <summary>The tags of a resource. Equal sets have equal texts: a JSON object with its keys in ordinal order.</summary>
public sealed class TagSet
{
    /// <summary>The text of no tags.</summary>
    public const string NoTags = "{}";

    /// <summary>The most tags of a resource.</summary>
    public const int MostTags = 50;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, string> _tags;

    private TagSet(SortedDictionary<string, string> tags) => _tags = tags;

    /// <summary>How many there are.</summary>
    public int Count => _tags.Count;

    /// <summary>The tags, in the ordinal order of their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags => [.. _tags];

    /// <summary>The tags of a request; null is none.</summary>
    public static TagSet Of(IReadOnlyDictionary<string, string>? tags)
    {
        var sorted = Empty();
        foreach (var (key, value) in tags ?? new Dictionary<string, string>(StringComparer.Ordinal))
            sorted[key] = value;
        return new TagSet(sorted);
    }

    /// <summary>The tags of a text that <see cref="ToString"/> made.</summary>
    public static TagSet Read(string text)
    {
        var tags = Empty();
        using var json = JsonDocument.Parse(text);
        foreach (var tag in json.RootElement.EnumerateObject())
            tags[tag.Name] = tag.Value.GetString()!;
        return new TagSet(tags);
    }

    /// <summary>These tags with others set.</summary>
    public TagSet With(IReadOnlyDictionary<string, string> tags)
    {
        var all = new SortedDictionary<string, string>(_tags, StringComparer.Ordinal);
        foreach (var (key, value) in tags)
            all[key] = value;
        return new TagSet(all);
    }

    /// <summary>These tags without those of some keys.</summary>
    public TagSet Without(IReadOnlyList<string> keys)
    {
        var rest = new SortedDictionary<string, string>(_tags, StringComparer.Ordinal);
        foreach (var key in keys)
            rest.Remove(key);
        return new TagSet(rest);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            foreach (var (key, value) in _tags)
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static SortedDictionary<string, string> Empty() => new(StringComparer.Ordinal);
}
