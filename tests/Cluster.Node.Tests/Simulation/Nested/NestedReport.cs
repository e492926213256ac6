using System.Text.Json;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>Whether what a Task was told of its child is what became of the child.</summary>
internal static class NestedReport
{
    /// <summary>What is wrong, or null.</summary>
    /// <param name="child">The child.</param>
    /// <param name="seesJson">Whether the Task sees JSON rather than texts.</param>
    /// <param name="isSuccess">Whether the Task succeeded.</param>
    /// <param name="error">Its error, where it failed.</param>
    /// <param name="report">What it was told.</param>
    internal static string? Judge(NestedChild child, bool seesJson, bool isSuccess, string? error, string? report)
    {
        if (child.Status is not { } status)
            return $"it was told of an end before there was one: {report}";
        if (isSuccess != (status == "SUCCEEDED") || (!isSuccess && error != "States.TaskFailed"))
            return $"it {(isSuccess ? "succeeded" : $"failed with {error}")}, and its child is {status}";
        using var document = JsonDocument.Parse(report ?? "null");
        var told = document.RootElement;
        if (Text(told, "ExecutionArn") != child.Arn)
            return $"it was told of another: {Text(told, "ExecutionArn")} instead of {child.Arn}";
        if (Text(told, "Status") != status || Text(told, "Error") != child.Error || Text(told, "Cause") != child.Cause)
            return $"it was told {report}, and its child is {status} {child.Error} {child.Cause}";
        return isSuccess && !IsOutput(told.GetProperty("Output"), child.Output!, seesJson) ? $"it was told {report}, and its child put out {child.Output}" : null;
    }

    private static bool IsOutput(JsonElement told, string output, bool seesJson)
    {
        if (!seesJson)
            return told.ValueKind == JsonValueKind.String && told.GetString() == output;
        using var document = JsonDocument.Parse(output);
        return JsonElement.DeepEquals(told, document.RootElement);
    }

    private static string? Text(JsonElement told, string name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
