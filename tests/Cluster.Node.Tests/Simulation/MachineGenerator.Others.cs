using Cluster.Node.Tests.Simulation.Workers;

namespace Cluster.Node.Tests.Simulation;

/// <content>
/// Tasks that others end. Each has a HeartbeatSeconds, since whoever has the token may die; one that is called by a function has a
/// TimeoutSeconds as well, since the function may never answer.
/// </content>
internal sealed partial class MachineGenerator
{
    /// <summary>How many Tasks are ended by others.</summary>
    private const double OthersEnd = 0.3;

    private const int ShortestHeartbeat = 2;
    private const int LongestHeartbeat = 5;

    private string CallToOthers()
    {
        var heartbeat = random.Between(ShortestHeartbeat, LongestHeartbeat);
        var timeout = $"\"TimeoutSeconds\":{heartbeat + random.Between(1, 8)},";
        var times = $"\"HeartbeatSeconds\":{heartbeat},";
        var result = random.Chance(0.5) ? "\"ResultPath\":\"$.told\"," : "";
        if (random.Chance(0.6))
        {
            var activity = WorkerPool.Activities[random.Below(WorkerPool.Activities.Count)];
            return $"{times}{(random.Chance(0.3) ? timeout : "")}\"Resource\":\"arn:aws:states:{activity.Region}:{activity.Account}:activity:{activity.Name}\",{result}";
        }

        var function = FunctionPrefix + random.Of("pure-ask", "ask");
        return times + timeout + "\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
            + $$$"""" "Parameters":{"FunctionName":"{{{function}}}","Payload":{"token.$":"$$.Task.Token","order.$":"$"}},{{{result}}} """";
    }
}
