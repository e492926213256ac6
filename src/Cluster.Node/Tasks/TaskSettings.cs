namespace Cluster.Node.Tasks;

/// <summary>The settings of the Tasks room, section <c>tasks</c>: where calls of work outside go, and their bounds.</summary>
public sealed record TaskSettings
{
    /// <summary>How long a call may last when its function says nothing else: 15 minutes, Lambda's own longest.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(15);

    /// <summary>How many calls of one function run at once when it says nothing else: 1,000, Lambda's default per account.</summary>
    public const int DefaultConcurrency = 1000;

    /// <summary>
    /// An endpoint that speaks the Lambda Invoke API, for every function without an entry of its own; null when there is none.
    /// </summary>
    public Uri? LambdaEndpoint { get; init; }

    /// <summary>How long a call to <see cref="LambdaEndpoint"/> may last. More lets slow functions end, less frees their slots.</summary>
    public TimeSpan LambdaTimeout { get; init; } = LongestCall;

    /// <summary>How many calls to <see cref="LambdaEndpoint"/> run at once; further calls wait.</summary>
    public int LambdaConcurrency { get; init; } = DefaultConcurrency;

    /// <summary>How many calls of one entry may wait for a slot; a call beyond fails with <c>Lambda.TooManyRequestsException</c>.</summary>
    public int MaxWaitingCalls { get; init; } = 100_000;

    /// <summary>How long a connection to a function may take to open. A call that never left is safe to make again.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The function registry. The most specific name wins, whatever the order.</summary>
    public IReadOnlyList<FunctionSettings> Functions { get; init; } = [];
}

/// <summary>How a function is called.</summary>
public enum FunctionProtocol
{
    /// <summary>The Lambda Invoke API.</summary>
    InvokeApi,

    /// <summary>A plain webhook: POST of JSON, JSON back.</summary>
    Webhook,

    /// <summary>Built in: answers its input at once.</summary>
    Echo,
}

/// <summary>An entry of the function registry.</summary>
public sealed record FunctionSettings
{
    /// <summary>
    /// Which functions: a name (<c>charge-card</c>), a name with wildcards (<c>orders-*</c>), or a function ARN with or without wildcards.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>How they are called.</summary>
    public required FunctionProtocol Protocol { get; init; }

    /// <summary>
    /// Where they are: for the Invoke API its base, or a whole address ending in <c>/invocations</c>; for a webhook its address, in which
    /// <c>{name}</c> stands for the function's name; null for the built-in echo.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// Whether calling twice with the same idempotency key is the same as calling once. Then a call whose outcome is unknown after a
    /// crash is sent again; otherwise its attempt fails and Retry decides.
    /// </summary>
    public bool Idempotent { get; init; }

    /// <summary>How many calls run at once; further calls wait.</summary>
    public int Concurrency { get; init; } = TaskSettings.DefaultConcurrency;

    /// <summary>How long a call may last before it fails with <c>Sandbox.Timedout</c>, as Lambda's own timeout does.</summary>
    public TimeSpan Timeout { get; init; } = TaskSettings.LongestCall;
}
