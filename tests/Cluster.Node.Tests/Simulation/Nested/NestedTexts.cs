using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>The texts that the history events of one execution hold.</summary>
internal sealed class NestedTexts
{
    private readonly Dictionary<long, string> _texts = [];

    /// <summary>The text of an event, or null; kept when it stands there.</summary>
    internal string? Of(Event e)
    {
        if (e.Payload is not { } payload)
            return null;
        if (payload.WhereCase == Payload.WhereOneofCase.Reference)
            return _texts.GetValueOrDefault(payload.Reference);
        var text = payload.Inline.ToStringUtf8();
        if (e.Id != 0)
            _texts[e.Id] = text;
        return text;
    }
}
