using System.Globalization;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Verification;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines;
using Cluster.Protocol.Errors;

namespace Cluster.Node.Hosting;

/// <summary>
/// Verifies the store of a data directory or a backup and changes nothing there: the file itself, each execution's journal from its first
/// row, and all that is stored beside the journals.
/// </summary>
public sealed class StoreVerification
{
    /// <summary>The problems that are told in words; more are only counted.</summary>
    public const int MostTold = 100;

    /// <summary>Compiled definitions that are kept.</summary>
    private const int MostDefinitions = 200;

    private readonly Dictionary<string, StateMachineDefinition?> _compiled = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>What was found wrong, in the order in which it was found; at most <see cref="MostTold"/>.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>How much was found wrong.</summary>
    public long ProblemCount { get; private set; }

    /// <summary>What is there, in a sentence.</summary>
    public string Counts { get; private set; } = "";

    /// <summary>Executions that are there.</summary>
    public long Executions { get; private set; }

    /// <summary>Events that were folded.</summary>
    public long Events { get; private set; }

    /// <summary>Verifies a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="refusal">Why it was not looked at, for a person; null when it was.</param>
    public static StoreVerification? TryRun(string directory, out string? refusal)
    {
        using var store = SqliteAtRest.TryOpen(directory, out refusal);
        if (store is null)
            return null;
        var verification = new StoreVerification();
        try
        {
            verification.Run(store);
        }
        catch (DamagedException e)
        {
            verification.Tell($"the file cannot be read any further: {e.Message}");
        }

        return verification;
    }

    private void Run(SqliteAtRest store)
    {
        foreach (var damage in store.Damages())
            Tell($"the file is damaged: {damage}");
        foreach (var (hash, text) in store.ReadDefinitions())
            Judge(Convert.ToHexStringLower(hash), text);
        var judge = new ExecutionJudge(new EventCodec(new IdentityPayloadCodec()), hash => Compile(store, hash), Tell);
        store.Visit(judge);
        foreach (var wrong in store.WrongNames())
            Tell(wrong);
        Executions = store.Executions;
        Events = judge.Events;
        Counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{Executions} executions ({judge.Open} open), {judge.Rows} rows of journal, {judge.Events} events, {judge.References} payloads by reference, {judge.Snapshots} snapshots, {store.Tasks} waiting tasks, {store.Names} names, {store.Machines} state machines, {store.Definitions} definitions");
    }

    private void Judge(string hash, string? text)
    {
        if (text is null)
            Tell($"a state machine has definition {hash}, which is not there");
        else if (!string.Equals(Convert.ToHexStringLower(DefinitionCache.HashOf(text)), hash, StringComparison.Ordinal))
            Tell($"definition {hash} has another text than its hash says");
        else if (DefinitionParser.Parse(Encoding.UTF8.GetBytes(text)).Definition is null)
            Tell($"definition {hash} cannot be read by this version");
    }

    private StateMachineDefinition? Compile(SqliteAtRest store, ReadOnlyMemory<byte> hash)
    {
        var key = Convert.ToHexStringLower(hash.Span);
        if (_compiled.TryGetValue(key, out var known))
            return known;
        if (_compiled.Count >= MostDefinitions)
            _compiled.Clear();
        var definition = store.FindDefinition(hash) is { } text ? DefinitionParser.Parse(Encoding.UTF8.GetBytes(text)).Definition : null;
        _compiled.Add(key, definition);
        return definition;
    }

    private void Tell(string problem)
    {
        ProblemCount++;
        if (_problems.Count < MostTold)
            _problems.Add(problem);
    }
}
