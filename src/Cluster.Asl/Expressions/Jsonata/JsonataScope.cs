using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>The variables that an expression finds; it asks only for those that it reads, and for each at most once.</summary>
public interface IJsonataBindings
{
    /// <summary>Looks a variable up.</summary>
    /// <param name="name">Its name without the dollar.</param>
    /// <param name="value">Its value; null when it is bound to nothing.</param>
    /// <returns>Whether there is a variable of that name.</returns>
    bool TryRead(string name, out JsonValue? value);
}

/// <summary>What one evaluation is given.</summary>
/// <param name="Input">The document at the root, or null when there is none, as in Step Functions.</param>
/// <param name="Bindings">The variables, or null when there are none.</param>
/// <param name="Limits">What the evaluation may spend.</param>
/// <param name="Now">The time that <c>$now</c> and <c>$millis</c> tell, in Unix milliseconds.</param>
/// <param name="Seed">Chance: evaluations that must not give the same random numbers have different ones.</param>
/// <param name="Owner">What no other execution has, for example its ARN, so that identifiers made of chance never meet.</param>
public sealed record JsonataScope(
    JsonValue? Input, IJsonataBindings? Bindings, JsonataLimits Limits, long Now = 0, ulong Seed = 0, string Owner = "");

/// <summary>Variables held in a dictionary.</summary>
/// <param name="variables">The values by name, without the dollar.</param>
public sealed class JsonataBindings(IReadOnlyDictionary<string, JsonValue> variables) : IJsonataBindings
{
    /// <inheritdoc/>
    public bool TryRead(string name, [NotNullWhen(true)] out JsonValue? value) => variables.TryGetValue(name, out value);
}
