using System.Text;

namespace Cluster.Node.StateMachines.InMemory;

/// <summary>State machines and definitions in memory. Every call is done when it returns.</summary>
public sealed class InMemoryStateMachineStore : IStateMachineStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Region), SortedDictionary<string, StateMachineRow>> _machines = [];
    private readonly Dictionary<(string Account, string Region, string Name), string> _tags = [];

    /// <inheritdoc/>
    public ValueTask<StateMachineRow?> CreateAsync(
        StateMachineRow machine, string definition, string tags, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(machine.Account, machine.Region, machine.Name) is { } existing)
                return ValueTask.FromResult<StateMachineRow?>(existing);
            _definitions.TryAdd(Key(machine.DefinitionHash), definition);
            Keep(machine with { Version = 1 });
            _tags[(machine.Account, machine.Region, machine.Name)] = tags;
            return ValueTask.FromResult<StateMachineRow?>(null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> UpdateAsync(
        StateMachineRow machine, string? definition, long expectedVersion, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(machine.Account, machine.Region, machine.Name)?.Version != expectedVersion)
                return ValueTask.FromResult(false);
            if (definition is not null)
                _definitions.TryAdd(Key(machine.DefinitionHash), definition);
            Keep(machine with { Version = expectedVersion + 1 });
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _tags.Remove((account, region, name));
            return ValueTask.FromResult(_machines.TryGetValue((account, region), out var machines) && machines.Remove(name));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(Find(account, region, name));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StateMachineRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_machines.TryGetValue((account, region), out var machines))
                return ValueTask.FromResult<IReadOnlyList<StateMachineRow>>([]);
            return ValueTask.FromResult<IReadOnlyList<StateMachineRow>>(
                [.. machines.Values.SkipWhile(machine => after is not null && CompareUtf8(machine.Name, after) <= 0).Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> ReadDefinitionAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(_definitions.GetValueOrDefault(Key(hash)));
    }

    /// <inheritdoc/>
    public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(_tags.GetValueOrDefault((account, region, name)));
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!string.Equals(_tags.GetValueOrDefault((account, region, name)), expected, StringComparison.Ordinal))
                return ValueTask.FromResult(false);
            _tags[(account, region, name)] = tags;
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>The order of the durable stores, which compare the UTF-8 bytes.</summary>
    internal static int CompareUtf8(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private StateMachineRow? Find(string account, string region, string name) =>
        _machines.TryGetValue((account, region), out var machines) ? machines.GetValueOrDefault(name) : null;

    private void Keep(StateMachineRow machine)
    {
        var key = (machine.Account, machine.Region);
        if (!_machines.TryGetValue(key, out var machines))
            _machines.Add(key, machines = new(Comparer<string>.Create(CompareUtf8)));
        machines[machine.Name] = machine with { DefinitionHash = machine.DefinitionHash.ToArray() };
    }

    private static string Key(ReadOnlyMemory<byte> hash) => Convert.ToHexString(hash.Span);
}
