namespace Cluster.Testing.BadInput;

/// <summary>Definitions that the cases use.</summary>
public static class Machines
{
    /// <summary>Passes its input on.</summary>
    public const string Pass = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";

    /// <summary>Goes round for ever.</summary>
    public const string Loop = """
        {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"}],"Default":"A"},"Z":{"Type":"Succeed"}}}
        """;

    /// <summary>Goes round for ever, for at most a second.</summary>
    public const string LoopOfASecond = """
        {"StartAt":"A","TimeoutSeconds":1,"States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"}],"Default":"A"},"Z":{"Type":"Succeed"}}}
        """;

    /// <summary>Goes round for ever by waits that are over at once.</summary>
    public const string LoopOfWaits = """
        {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":0,"Next":"C"},
        "C":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"}],"Default":"A"},"Z":{"Type":"Succeed"}}}
        """;

    /// <summary>Goes round for ever; each round makes two payloads of 200,000 bytes that differ.</summary>
    public static string LoopOfLargePayloads
    {
        get
        {
            var large = new string('x', 200_000);
            return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"n\":1,\"x\":\"" + large
                + "\"},\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Parameters\":{\"n\":2,\"x\":\"" + large + "\"},\"Next\":\"C\"},"
                + "\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.stop\",\"IsPresent\":true,\"Next\":\"Z\"}],\"Default\":\"A\"},\"Z\":{\"Type\":\"Succeed\"}}}";
        }
    }

    /// <summary>Calls a function, with more fields if any.</summary>
    public static string Call(string function, string fields = "") =>
        $$"""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{LambdaStandIn.ArnOf(function)}}",{{fields}}"End":true} } }""";
}
