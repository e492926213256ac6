using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The item of an iteration, as the context object shows it in <c>Map.Item</c>.</summary>
public interface IMapItem
{
    /// <summary>The item, from 0.</summary>
    int Index { get; }

    /// <summary>The item's key, or null when the items are an array.</summary>
    string? Key { get; }

    /// <summary>The item's value.</summary>
    JsonValue Value { get; }
}
