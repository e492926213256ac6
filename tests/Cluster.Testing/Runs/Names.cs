namespace Cluster.Testing.Runs;

/// <summary>What records call machines and executions, out of their ARNs.</summary>
internal static class Names
{
    /// <summary>account/region/name.</summary>
    public static string OfMachine(string arn) => OfParts(arn.Split(':'));

    public static (string Machine, string Name) OfExecution(string arn)
    {
        var parts = arn.Split(':');
        return (OfParts(parts), parts[7]);
    }

    private static string OfParts(string[] parts) => $"{parts[4]}/{parts[3]}/{parts[6]}";
}
