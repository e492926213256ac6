using System.Collections.Frozen;

namespace Cluster.Asl.Parsing.States;

/// <summary>
/// Which optimised integrations AWS has, so that a mistyped one is told apart from one that is only not built here.
/// </summary>
internal static class IntegrationCatalog
{
    /// <summary>The patterns behind an action; longer ones first.</summary>
    private static readonly string[] Patterns = [".sync:2", ".sync", ".waitForTaskToken"];

    /// <summary>The actions of each service; an empty list where any is taken.</summary>
    private static readonly FrozenDictionary<string, string[]> Actions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["apigateway"] = ["invoke"],
        ["athena"] = [],
        ["aws-sdk"] = [],
        ["batch"] = ["submitJob"],
        ["bedrock"] = [],
        ["codebuild"] = [],
        ["databrew"] = ["startJobRun"],
        ["dynamodb"] = ["getItem", "putItem", "updateItem", "deleteItem"],
        ["ecs"] = ["runTask"],
        ["eks"] = [],
        ["elasticmapreduce"] = [],
        ["emr-containers"] = [],
        ["emr-serverless"] = [],
        ["events"] = ["putEvents"],
        ["glue"] = ["startJobRun"],
        ["http"] = ["invoke"],
        ["lambda"] = ["invoke"],
        ["mediaconvert"] = ["createJob"],
        ["sagemaker"] = [],
        ["sns"] = ["publish"],
        ["sqs"] = ["sendMessage"],
        ["states"] = ["startExecution"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithoutSync = FrozenSet.ToFrozenSet(
        ["apigateway", "aws-sdk", "dynamodb", "events", "http", "lambda", "sns", "sqs"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithoutToken = FrozenSet.ToFrozenSet(
        [
            "athena", "batch", "codebuild", "databrew", "dynamodb", "elasticmapreduce", "emr-containers", "emr-serverless", "glue", "http",
            "mediaconvert", "sagemaker",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether AWS has the integration.</summary>
    /// <param name="service">The service, for example <c>sqs</c>.</param>
    /// <param name="action">The action with its pattern, for example <c>sendMessage.waitForTaskToken</c>.</param>
    /// <param name="pattern">The pattern, with its dot; empty for request and response.</param>
    public static bool Knows(string service, string action, out string pattern)
    {
        var suffix = Array.Find(Patterns, p => action.EndsWith(p, StringComparison.Ordinal)) ?? "";
        pattern = suffix;
        var plain = action[..^suffix.Length];
        return plain.Length > 0
            && Actions.TryGetValue(service, out var actions)
            && (actions.Length == 0 || actions.Contains(plain, StringComparer.Ordinal))
            && suffix switch
            {
                ".sync:2" => service is "states",
                ".sync" => !WithoutSync.Contains(service),
                ".waitForTaskToken" => !WithoutToken.Contains(service),
                _ => true,
            };
    }
}
