using System.Text.Json;

namespace Cluster.Checker.Rules;

/// <summary>JSON texts, compared by what they mean.</summary>
internal static class JsonTexts
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = FunctionAnswer.DeepestPayload };

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Options);
        return document.RootElement.Clone();
    }

    /// <summary>What a Map iterates over: the items of an array, or the members of an object, each as its key and its value; null for anything else.</summary>
    public static IReadOnlyList<JsonElement>? Items(string text) => Parse(text) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } members => [.. members.EnumerateObject().Select(member => JsonSerializer.SerializeToElement(new { Key = member.Name, member.Value }))],
        _ => null,
    };

    /// <summary>Whether two texts mean the same; not where one is not known.</summary>
    public static bool MeanTheSame(string? text, string? other) =>
        text is not null && other is not null && JsonElement.DeepEquals(Parse(text), Parse(other));

    /// <summary>Whether a text is an object with one member set to a value, all others as in another object.</summary>
    public static bool IsPlaced(string text, string member, string value, string into)
    {
        var (whole, before) = (Parse(text), Parse(into));
        if (whole.ValueKind != JsonValueKind.Object || before.ValueKind != JsonValueKind.Object || !whole.TryGetProperty(member, out var placed))
            return false;
        return JsonElement.DeepEquals(placed, Parse(value)) && Others(whole, member).SequenceEqual(Others(before, member), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Others(JsonElement whole, string but) => whole.EnumerateObject().Where(member => member.Name != but)
        .Select(member => member.Name + ' ' + JsonSerializer.Serialize(member.Value)).Order(StringComparer.Ordinal);
}
