using System.Globalization;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>The <c>tags</c> member.</summary>
internal struct TagList
{
    /// <summary>The most tags that are kept of a request; the rest is only counted.</summary>
    private const int MaxKept = 200;

    private List<(string? Key, string? Value)>? _tags;
    private int _count;

    /// <summary>Whether the member was given.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>Reads the member's value.</summary>
    public void Read(ref ShapeReader body)
    {
        _tags = null;
        _count = 0;
        IsGiven = body.EnterList();
        if (!IsGiven)
            return;
        while (body.NextStructure())
        {
            string? key = null, value = null;
            while (body.NextMember())
            {
                if (body.Is("key"u8))
                    key = body.ReadString();
                else if (body.Is("value"u8))
                    value = body.ReadString();
                else
                    body.Skip();
            }

            _count++;
            if (_count <= MaxKept)
                (_tags ??= []).Add((key, value));
        }
    }

    /// <summary>Judges each key and value.</summary>
    public readonly void Judge(ref ShapeConstraints shape)
    {
        for (var i = 0; i < (_tags?.Count ?? 0); i++)
        {
            var (key, value) = _tags![i];
            var member = string.Create(CultureInfo.InvariantCulture, $"tags.{i + 1}.member");
            shape.Length(member + ".key", key, 1, Limits.TagKey);
            shape.Length(member + ".value", value, 0, Limits.TagValue);
        }
    }

    /// <summary>The tags by key, null for none; or the error of too many.</summary>
    public readonly AwsError? TryTake(out IReadOnlyDictionary<string, string>? tags)
    {
        tags = null;
        if (_count > Limits.Tags)
            return AwsErrors.TooManyTags(_count);
        if (_tags is null)
            return null;
        var byKey = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in _tags)
        {
            if (key is null)
                return AwsErrors.Validation("Tag key must not be null");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                return AwsErrors.Validation("Tag keys that begin with aws: are reserved");
            byKey[key] = value ?? string.Empty;
        }

        tags = byKey;
        return null;
    }
}
