using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What must hold at each call that leaves a node.</summary>
internal sealed class CallWatch(World world)
{
    private readonly Dictionary<TaskKey, SentCall> _calls = [];

    /// <summary>A call leaves: its start must have committed, its shard be held by nobody else, and the rule of unknown outcomes holds.</summary>
    internal void Leaving(TaskCall call, NodeLife life)
    {
        var key = call.Key;
        var shard = ShardRange.IndexOf(key.Execution.Bucket, world.Store.ShardCount);
        if (world.Invariants.Model(key.Execution) is not { } model || !model.HasStarted(key.Scope, key.Visit, key.Attempt))
            Violated($"{key} left before its start had committed");
        if (world.Register.HolderOf(shard) is var holder && holder != life.Number)
            Violated($"{key} left {life.Number} while {holder} held its shard {shard}");
        if (!_calls.TryGetValue(key, out var sent))
        {
            _calls.Add(key, new SentCall(life.Number, world.Register.EpochOf(shard)));
            return;
        }

        if (!SimulatedFunctions.IsIdempotent(call))
            Violated($"{key} was made twice by a function that is not idempotent");
        if (sent.Epoch == world.Register.EpochOf(shard))
            Violated($"{key} was made twice at one epoch of its shard");
        if (!call.Resent)
            Violated($"{key} was made again without a word that it was");
        if (sent.Life != life.Number)
            world.Faults.Passed(Landmark.CallResent);
        _calls[key] = new SentCall(life.Number, world.Register.EpochOf(shard));
    }

    private void Violated(string what) => world.Invariants.Violated($"the call {what}");

    /// <summary>A call that was made.</summary>
    /// <param name="Life">By whom.</param>
    /// <param name="Epoch">The epoch of its shard.</param>
    private readonly record struct SentCall(int Life, long Epoch);
}
