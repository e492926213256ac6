using System.Collections.Immutable;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>
/// The branches of a Parallel state or the iterations of a Map state, in one attempt. Immutable and folded from events. Only what runs has
/// a scope; of what has ended the output is left.
/// </summary>
public sealed record FanOut
{
    /// <summary>How many branches or items there are.</summary>
    public required int Length { get; init; }

    /// <summary>What a Map iterates over; null in Parallel.</summary>
    public Payload? Items { get; init; }

    /// <summary>The lanes: one for each branch of a Parallel, as many as may run at a time in a Map.</summary>
    public required ImmutableArray<Lane> Lanes { get; init; }

    /// <summary>How many have started: the index of the next iteration.</summary>
    public int Started { get; init; }

    /// <summary>How many have ended well.</summary>
    public int Ended { get; init; }

    /// <summary>The outputs of those, the last first.</summary>
    public BranchOutput? Outputs { get; init; }

    /// <summary>Whether all have ended well.</summary>
    public bool IsComplete => Ended == Length;

    /// <summary>Whether the next iteration can start: there is one, and a lane is free.</summary>
    public bool CanStart => Started < Length && Started - Ended < Lanes.Length;

    /// <summary>A free lane; the one whose number is the lowest.</summary>
    public int FreeLane
    {
        get
        {
            for (var i = 0; i < Lanes.Length; i++)
            {
                if (!Lanes[i].IsTaken)
                    return i;
            }

            throw new InvalidOperationException("No lane is free.");
        }
    }

    /// <summary>The lane in which a branch or item runs; -1 when it does not run.</summary>
    public int LaneOf(int index)
    {
        // A Parallel's branches have lanes of their own.
        if ((uint)index < (uint)Lanes.Length && Lanes[index].Index == index)
            return Lanes[index].IsTaken ? index : -1;
        for (var i = 0; i < Lanes.Length; i++)
        {
            if (Lanes[i].Index == index && Lanes[i].IsTaken)
                return i;
        }

        return -1;
    }

    /// <summary>The scope of a branch or item that runs, or null.</summary>
    public Scope? Find(int index) => LaneOf(index) is >= 0 and var lane ? Lanes[lane].Scope : null;

    /// <summary>With another state of a scope that runs.</summary>
    public FanOut With(int lane, Scope scope) => this with { Lanes = Lanes.SetItem(lane, Lanes[lane] with { Scope = scope }) };

    /// <summary>With an iteration that starts in a free lane.</summary>
    public FanOut Start(int lane, int index, Scope scope) =>
        this with { Started = Started + 1, Lanes = Lanes.SetItem(lane, new Lane(index, scope, LastId: 0, LastAt: 0)) };

    /// <summary>With the end of a scope that ran in a lane.</summary>
    public FanOut End(int lane)
    {
        var (index, scope, _, _) = Lanes[lane];
        return this with
        {
            Ended = Ended + 1,
            Outputs = new BranchOutput(index, scope!.Data, Outputs),
            Lanes = Lanes.SetItem(lane, new Lane(index, Scope: null, scope.LastId, scope.LastAt)),
        };
    }

    /// <inheritdoc/>
    public bool Equals(FanOut? other) =>
        other is not null && Length == other.Length && Equals(Items, other.Items) && Started == other.Started && Ended == other.Ended
        && Equals(Outputs, other.Outputs) && Lanes.AsSpan().SequenceEqual(other.Lanes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Length * 31) + Ended);
}
