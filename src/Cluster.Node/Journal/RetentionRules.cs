using System.IO.Enumeration;

namespace Cluster.Node.Journal;

/// <summary>How long executions are kept after they have ended.</summary>
/// <param name="Keep">Those of machines without a rule.</param>
/// <param name="Machines">The rules of machines, of which the first that fits counts.</param>
public sealed record RetentionRules(TimeSpan Keep, IReadOnlyList<MachineRetention> Machines)
{
    /// <summary>As AWS does.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(90);

    /// <summary>The longest time that any execution is kept.</summary>
    public TimeSpan Longest => Machines.Select(static rule => rule.Keep).Append(Keep).Max();

    /// <summary>How long executions of a machine are kept.</summary>
    public TimeSpan Of(string machine) => Machines.FirstOrDefault(rule => rule.Fits(machine))?.Keep ?? Keep;
}

/// <summary>How long executions of some machines are kept.</summary>
/// <param name="Pattern">The machine's name, in which <c>*</c> stands for any characters.</param>
/// <param name="Keep">How long.</param>
public sealed record MachineRetention(string Pattern, TimeSpan Keep)
{
    /// <summary>Whether it is about a machine.</summary>
    public bool Fits(string machine) => FileSystemName.MatchesSimpleExpression(Pattern, machine, ignoreCase: false);
}
