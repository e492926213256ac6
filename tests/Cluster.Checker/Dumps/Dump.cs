using System.Text.Json;
using Cluster.Checker.Histories;

namespace Cluster.Checker.Dumps;

/// <summary>All records of a run.</summary>
internal sealed class Dump
{
    /// <summary>The longest line that is read, in characters.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
    };

    private readonly Dictionary<string, ScopeOutline> _outlines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _complete = new(StringComparer.Ordinal);

    public List<EventRow> Rows { get; } = [];

    public Dictionary<string, ExecutionRecord> Executions { get; } = new(StringComparer.Ordinal);

    public List<NameRecord> Names { get; } = [];

    public Dictionary<string, string> Definitions { get; } = new(StringComparer.Ordinal);

    public List<ShardRecord> Shards { get; } = [];

    public List<PendingRecord> Pending { get; } = [];

    public List<LeaseRecord> Leases { get; } = [];

    public List<CallRecord> Calls { get; } = [];

    public List<EffectRecord> Effects { get; } = [];

    public List<AnswerRecord> Answers { get; } = [];

    public List<ReadBackRecord> ReadBacks { get; } = [];

    public long? HealedAt { get; private set; }

    /// <summary>What was run, where the dump says so.</summary>
    public RunRecord? Run { get; private set; }

    /// <summary>Whether all records of a kind are there.</summary>
    public bool IsComplete(string kind) => _complete.Contains(kind);

    public static Dump Of(IEnumerable<DumpRecord> records)
    {
        var dump = new Dump();
        foreach (var record in records)
            dump.Add(record);
        return dump;
    }

    public static Dump Read(TextReader reader) => Of(Records(reader));

    /// <summary>The records of a text, a line each.</summary>
    public static IEnumerable<DumpRecord> Records(TextReader reader)
    {
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > LongestLine)
                throw new InvalidDataException($"Line {number} is longer than {LongestLine} characters.");
            if (line.Length > 0)
                yield return JsonSerializer.Deserialize<DumpRecord>(line, Options) ?? throw new InvalidDataException($"Line {number} holds nothing.");
        }
    }

    public static string Line(DumpRecord record) => JsonSerializer.Serialize(record, Options);

    public void Add(DumpRecord record)
    {
        switch (record)
        {
            case EventRow row: Rows.Add(row); break;
            case ExecutionRecord execution:
                if (!Executions.TryAdd(execution.Id, execution))
                    throw new InvalidDataException($"Two execution rows have the id {execution.Id}.");
                break;
            case NameRecord name: Names.Add(name); break;
            case DefinitionRecord definition: Definitions[definition.Hash] = definition.Text; break;
            case ShardRecord shard: Shards.Add(shard); break;
            case PendingRecord pending: Pending.Add(pending); break;
            case LeaseRecord lease: Leases.Add(lease); break;
            case CallRecord call: Calls.Add(call); break;
            case EffectRecord effect: Effects.Add(effect); break;
            case AnswerRecord answer: Answers.Add(answer); break;
            case ReadBackRecord readBack: ReadBacks.Add(readBack); break;
            case HealedRecord healed: HealedAt = healed.At; break;
            case RunRecord run: Run = run; break;
            case CompleteRecord complete: _complete.Add(complete.What); break;
            default: throw new InvalidDataException($"No place for a {record.GetType().Name}.");
        }
    }

    /// <summary>The definition that an execution runs, or null where the dump does not have it.</summary>
    public ScopeOutline? OutlineOf(History history)
    {
        if (history.Execution is not { } row || !Definitions.TryGetValue(row.DefinitionHash, out var text))
            return null;
        if (!_outlines.TryGetValue(row.DefinitionHash, out var outline))
            _outlines.Add(row.DefinitionHash, outline = ScopeOutline.OfMachine(text));
        return outline;
    }

    /// <summary>The history of each execution that has rows, decoded one at a time.</summary>
    public IEnumerable<History> Histories()
    {
        foreach (var rows in Rows.GroupBy(row => row.Execution, StringComparer.Ordinal))
            yield return new History(rows.Key, Executions.GetValueOrDefault(rows.Key), [.. rows.OrderBy(row => row.Sequence)]);
    }
}
