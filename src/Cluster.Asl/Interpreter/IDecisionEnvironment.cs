namespace Cluster.Asl.Interpreter;

/// <summary>
/// What a decision asks of its node, beside time and chance. The answers land in events, so that a fold never asks. Safe from any thread:
/// branches ask side by side.
/// </summary>
public interface IDecisionEnvironment
{
    /// <summary>A new token for an attempt, which nobody can guess.</summary>
    /// <param name="scope">The scope that schedules the task.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="attempt">The attempt.</param>
    string MintToken(string scope, long visit, int attempt);

    /// <summary>Whether there is an activity of that ARN.</summary>
    bool HasActivity(string arn);
}

/// <summary>Where nothing is known of a node: tokens that anybody can guess, and every activity is there. For tests of the core alone.</summary>
public sealed class PlainEnvironment : IDecisionEnvironment
{
    /// <summary>The one instance.</summary>
    public static readonly PlainEnvironment Instance = new();

    private PlainEnvironment()
    {
    }

    /// <inheritdoc/>
    public string MintToken(string scope, long visit, int attempt) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"token of {scope}:{visit}:{attempt}");

    /// <inheritdoc/>
    public bool HasActivity(string arn) => true;
}
