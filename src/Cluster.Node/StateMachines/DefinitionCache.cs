using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions;
using Cluster.Protocol.Errors;

namespace Cluster.Node.StateMachines;

/// <summary>
/// Definitions compiled once per content hash. The cache is bounded; an execution holds on to its own definition whether it is cached or not.
/// </summary>
/// <param name="store">Where their texts are.</param>
/// <param name="activities">Learns which activities they name, before they are run; null where nobody asks.</param>
public sealed class DefinitionCache(IStateMachineStore store, ActivityHeads? activities = null) : IDefinitionSource
{
    /// <summary>Definitions kept at most.</summary>
    public const int MostDefinitions = 1_000;

    /// <summary>Characters of definition text whose compiled forms are kept at most; compiled, a definition takes some five times its text.</summary>
    public const long MostTextLength = 4L << 20;

    private readonly ConcurrentDictionary<string, Entry> _compiled = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private long _length;

    /// <summary>The hash of a definition's text: SHA-256 of its UTF-8.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void Request(ReadOnlyMemory<byte> hash, IDefinitionReply reply)
    {
        if (_compiled.TryGetValue(Convert.ToHexStringLower(hash.Span), out var entry))
            reply.Defined(entry.Definition, reason: null);
        else
            _ = ReadAsync(hash, reply);
    }

    /// <summary>A definition that a machine or an execution refers to.</summary>
    /// <exception cref="DamagedException">It is gone, or has another text than its hash says.</exception>
    /// <exception cref="InvalidOperationException">This version cannot read it: the store is newer.</exception>
    public async ValueTask<StateMachineDefinition> GetAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation)
    {
        var key = Convert.ToHexStringLower(hash.Span);
        if (_compiled.TryGetValue(key, out var entry))
            return entry.Definition;
        var text = await store.ReadDefinitionAsync(hash, cancellation).ConfigureAwait(false)
            ?? throw new DamagedException($"The definition {key} is not in the store.");
        if (!hash.Span.SequenceEqual(HashOf(text)))
            throw new DamagedException($"The definition {key} has another text than its hash says.");
        var parsed = DefinitionParser.Parse(Encoding.UTF8.GetBytes(text));
        var definition = parsed.Definition
            ?? throw new InvalidOperationException($"The definition {key} cannot be read by this version: {parsed.Diagnostics[0]}");
        if (activities is not null)
            await activities.PrepareAsync(definition.Activities, cancellation).ConfigureAwait(false);
        Keep(key, definition, text.Length);
        return definition;
    }

    /// <summary>Keeps a definition that was just compiled.</summary>
    public void Keep(ReadOnlySpan<byte> hash, StateMachineDefinition definition, int textLength) =>
        Keep(Convert.ToHexStringLower(hash), definition, textLength);

    private void Keep(string key, StateMachineDefinition definition, int textLength)
    {
        if (!_compiled.TryAdd(key, new Entry(definition, textLength)))
            return;
        _order.Enqueue(key);
        Interlocked.Add(ref _length, textLength);
        while ((_compiled.Count > MostDefinitions || Interlocked.Read(ref _length) > MostTextLength) && _order.TryDequeue(out var oldest))
        {
            if (_compiled.TryRemove(oldest, out var gone))
                Interlocked.Add(ref _length, -gone.TextLength);
        }
    }

    private async Task ReadAsync(ReadOnlyMemory<byte> hash, IDefinitionReply reply)
    {
        try
        {
            reply.Defined(await GetAsync(hash, CancellationToken.None).ConfigureAwait(false), reason: null);
        }
        catch (Exception e)
        {
            // The caller decides: it tells the log and tries again.
            reply.Defined(definition: null, e);
        }
    }

    private sealed record Entry(StateMachineDefinition Definition, int TextLength);
}
