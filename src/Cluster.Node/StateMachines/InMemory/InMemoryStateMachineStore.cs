using System.Text;
using Cluster.Node.Journal;

namespace Cluster.Node.StateMachines.InMemory;

/// <summary>State machines and definitions in memory. Every call is done when it returns.</summary>
public sealed class InMemoryStateMachineStore : IStateMachineStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);

    /// <summary>From when on it may be asked whether anybody refers to a definition that had no machine when it was looked at.</summary>
    private readonly Dictionary<string, long> _judgeAt = new(StringComparer.Ordinal);
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
            KeepDefinition(machine, definition);
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
                KeepDefinition(machine, definition);
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

    /// <summary>
    /// Removes definitions that neither a machine nor an execution refers to; one that has lost its last machine is judged after a while.
    /// </summary>
    /// <param name="now">The time, in Unix milliseconds.</param>
    /// <param name="used">The keys of the definitions that executions refer to.</param>
    /// <returns>How many.</returns>
    internal int RemoveDefinitions(long now, Func<IReadOnlySet<string>> used)
    {
        lock (_gate)
        {
            var machines = _machines.Values.SelectMany(ofRegion => ofRegion.Values).Select(machine => Key(machine.DefinitionHash))
                .ToHashSet(StringComparer.Ordinal);
            var alone = _definitions.Keys.Where(key => !machines.Contains(key)).ToList();
            var due = alone.Where(key => _judgeAt.TryGetValue(key, out var judgeAt) && judgeAt <= now).ToList();
            foreach (var key in alone)
                _judgeAt.TryAdd(key, now + (long)RetentionLimits.Doubt.TotalMilliseconds);
            var referred = due.Count > 0 ? used() : new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in due)
            {
                _judgeAt.Remove(key);
                if (referred.Contains(key))
                    _judgeAt.Add(key, now + (long)RetentionLimits.Reprieve.TotalMilliseconds);
                else
                    _definitions.Remove(key);
            }

            return due.Count(key => !referred.Contains(key));
        }
    }

    private void KeepDefinition(StateMachineRow machine, string definition)
    {
        _definitions.TryAdd(Key(machine.DefinitionHash), definition);
        _judgeAt.Remove(Key(machine.DefinitionHash));
    }

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
