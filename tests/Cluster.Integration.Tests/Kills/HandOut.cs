namespace Cluster.Integration.Tests.Kills;

/// <summary>A task that a worker got, and what became of it.</summary>
/// <param name="name">The execution.</param>
/// <param name="mark">The result that this hand-out gives, which no other does.</param>
internal sealed class HandOut(string name, string mark)
{
    private int _heard;

    public string Name { get; } = name;

    public string Mark { get; } = mark;

    /// <summary>How many words about it were acknowledged.</summary>
    public int Heard => _heard;

    public void WasHeard() => Interlocked.Increment(ref _heard);
}
