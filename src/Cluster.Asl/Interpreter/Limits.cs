namespace Cluster.Asl.Interpreter;

/// <summary>The limits of an execution. The defaults are AWS's; a range says how far a setting may go.</summary>
public sealed record Limits
{
    /// <summary>The largest payload in UTF-8 bytes (A80).</summary>
    public const int DefaultPayloadBytes = 262_144;

    /// <summary>The longest error name in characters (A81); longer ones are cut.</summary>
    public const int ErrorCharacters = 256;

    /// <summary>The longest cause in characters (A81); longer ones are cut.</summary>
    public const int CauseCharacters = 32_768;

    /// <summary>The time for an attempt that declares none, in seconds.</summary>
    public const long DefaultTimeoutSeconds = 99_999_999;

    /// <summary>How many iterations of a Map run at a time when no smaller number is asked for (A18).</summary>
    public const int MapLanes = 40;

    /// <summary>The limits as AWS has them.</summary>
    public static readonly Limits Default = new();

    /// <summary>The largest payload in UTF-8 bytes.</summary>
    public int PayloadBytes { get; init; } = DefaultPayloadBytes;

    /// <summary>The longest history (C24); event number so many is the failure. 0 is no limit.</summary>
    public long HistoryEvents { get; init; } = 25_000;

    /// <summary>How many events one decision may make before it yields to the mailbox.</summary>
    public int DecisionEvents { get; init; } = 256;

    /// <summary>How many bytes of payload one decision may make before it yields to the mailbox.</summary>
    public int DecisionBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Whether States.ALL takes States.DataLimitExceeded (A71). AWS's guide says that it never does; AWS was recorded to do it
    /// (error_handling/test_task_lambda_catch_state_all_data_limit_exceeded_on_large_utf8_response).
    /// </summary>
    public bool AllTakesDataLimitExceeded { get; init; } = true;
}
