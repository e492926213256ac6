using Cluster.Gateway.AwsJson;

namespace Cluster.Gateway.Operations;

/// <summary>The members that every paged operation has.</summary>
internal struct PageRequest
{
    private int? _maxResults;

    /// <summary>The token of the page before, or null.</summary>
    public string? NextToken { get; private set; }

    /// <summary>How many items are wanted: 1 to 1,000.</summary>
    public readonly int MaxResults => _maxResults is null or 0 ? Limits.DefaultPageSize : _maxResults.Value;

    /// <summary>Takes the current member if it is one of these.</summary>
    public bool TryRead(ref ShapeReader body)
    {
        if (body.Is("maxResults"u8))
            _maxResults = body.ReadInt();
        else if (body.Is("nextToken"u8))
            NextToken = body.ReadString();
        else
            return false;
        return true;
    }

    /// <summary>Judges both.</summary>
    public readonly void Judge(ref ShapeConstraints shape, int maxTokenLength)
    {
        shape.Range("maxResults", _maxResults, 0, Limits.PageSize);
        shape.Length("nextToken", NextToken, 1, maxTokenLength);
    }
}
