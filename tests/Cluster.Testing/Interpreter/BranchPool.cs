using System.Collections.Immutable;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Testing.Interpreter;

/// <summary>
/// Branches that are run apart: run in any order, accepted in any order, some of them twice, and some long after their scope has gone on or
/// is gone. One that was forgotten comes again when its execution says what is ready, as after a restart.
/// </summary>
public sealed class BranchPool(Random random)
{
    private readonly List<Scope> _ready = [];
    private readonly List<ScopeDecision> _decided = [];

    /// <summary>Takes the branches that a decision has made ready.</summary>
    public void Add(ImmutableArray<Scope> ready) => _ready.AddRange(ready);

    /// <summary>Runs some branches and gives one that was run before; null when there is none.</summary>
    public ScopeDecision? Next(Execution execution, in DecisionContext context)
    {
        if (_ready.Count == 0 || random.Next(30) == 0)
            _ready.AddRange(execution.Ready);
        for (var runs = random.Next(1, 4); runs > 0 && _ready.Count > 0; runs--)
        {
            var at = random.Next(_ready.Count);
            var decided = ScopeDecider.Run(_ready[at], execution, context);
            Same(decided, ScopeDecider.Run(_ready[at], execution, context));
            _decided.Add(decided);
            if (random.Next(10) != 0)
                _ready.RemoveAt(at);
        }

        if (_decided.Count == 0)
            return null;
        var chosen = random.Next(_decided.Count);
        var next = _decided[chosen];
        if (random.Next(8) != 0)
            _decided.RemoveAt(chosen);
        return next;
    }

    private static void Same(ScopeDecision one, ScopeDecision other)
    {
        if (!one.Events.SequenceEqual(other.Events))
            throw new InvalidOperationException($"Scope '{one.Basis.Path}' decided differently when it was run again.");
    }
}
