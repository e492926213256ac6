namespace Cluster.Testing.BadInput;

/// <summary>One kind of bad input. Tests hold what must hold of it; the bench prints what it takes.</summary>
/// <param name="Name">A sentence about what comes and what the server does.</param>
/// <param name="RunAsync">Sends it and checks the answers; throws when one is not as it must be.</param>
public sealed record BadInputCase(string Name, Func<BadInputRun, Task> RunAsync)
{
    /// <summary>How long the slowest answer may take.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a case took.</summary>
/// <param name="Slowest">The slowest answer.</param>
/// <param name="WitnessSlowest">The slowest ordinary execution while the case ran and after it.</param>
/// <param name="HeapGrowth">By how much the live heap was larger after it than before it, each time after a full collection.</param>
/// <param name="ResidentBytes">The memory that the process held after it.</param>
/// <param name="PeakBytes">The most memory that the process held at any time up to then.</param>
public sealed record BadInputFigures(TimeSpan Slowest, TimeSpan WitnessSlowest, long HeapGrowth, long ResidentBytes, long PeakBytes);

/// <summary>All cases.</summary>
public static class BadInputCases
{
    /// <summary>Those for a server as it ships.</summary>
    public static IReadOnlyList<BadInputCase> All { get; } =
        [.. BodyCases.All, .. ConnectionCases.All, .. NameCases.All, .. PayloadCases.All, .. DefinitionCases.All, .. FunctionCases.All, .. LoopCases.All];

    /// <summary>Those for a server without a limit of history.</summary>
    public static IReadOnlyList<BadInputCase> WithoutHistoryLimit => LoopCases.WithoutHistoryLimit;
}
