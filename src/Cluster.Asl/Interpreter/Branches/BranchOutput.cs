namespace Cluster.Asl.Interpreter.Branches;

/// <summary>
/// The output of a branch or iteration that ended well, chained to those that ended before it: one that ends costs the same however many
/// there are.
/// </summary>
/// <param name="Index">The branch or item, from 0.</param>
/// <param name="Output">What it put out.</param>
/// <param name="Older">The one that ended before it, or null.</param>
public sealed record BranchOutput(int Index, Payload Output, BranchOutput? Older)
{
    /// <inheritdoc/>
    public bool Equals(BranchOutput? other)
    {
        var mine = this;
        for (; mine is not null && other is not null; mine = mine.Older, other = other.Older)
        {
            if (ReferenceEquals(mine, other))
                return true;
            if (mine.Index != other.Index || !mine.Output.Equals(other.Output))
                return false;
        }

        return mine is null && other is null;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => Index;
}
