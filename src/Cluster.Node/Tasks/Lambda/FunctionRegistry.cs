using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>Says for each function where and how it is called. Immutable; the most specific entry wins.</summary>
internal sealed class FunctionRegistry : IDisposable
{
    private readonly ImmutableArray<(FunctionPattern Pattern, RegisteredFunction Function)> _entries;
    private readonly RegisteredFunction? _fallback;
    private readonly List<FunctionTransport> _transports = [];
    private readonly ConcurrentDictionary<string, ResolvedFunction?> _resolved = new(StringComparer.Ordinal);

    public FunctionRegistry(TaskSettings settings)
    {
        _entries =
        [
            .. settings.Functions
                .Select(entry => (Pattern: new FunctionPattern(entry.Name), Function: Register(settings, entry)))
                .Order(Comparer<(FunctionPattern Pattern, RegisteredFunction)>.Create(static (a, b) => FunctionPattern.Compare(a.Pattern, b.Pattern))),
        ];
        if (settings.LambdaEndpoint is { } endpoint)
            _fallback = Register(settings, new FunctionSettings
            {
                Name = "*",
                Protocol = FunctionProtocol.InvokeApi,
                Url = endpoint,
                Concurrency = settings.LambdaConcurrency,
                Timeout = settings.LambdaTimeout,
            });
    }

    /// <summary>How many Resources are remembered; beyond it remembering starts over. Definitions are written by people: they name few.</summary>
    public const int MostResolved = 1_000;

    /// <summary>The function of a Task's Resource, with its entry; null when it is not a function ARN. The same Resource is read once.</summary>
    public ResolvedFunction? Resolve(string resource)
    {
        if (_resolved.TryGetValue(resource, out var known))
            return known;
        var resolved = FunctionName.ParseArn(resource) is { } name ? new ResolvedFunction(name, Find(name)) : null;
        if (_resolved.Count >= MostResolved)
            _resolved.Clear();
        return _resolved[resource] = resolved;
    }

    /// <summary>The entry of a function, or null when nothing says where it is.</summary>
    public RegisteredFunction? Find(FunctionName function)
    {
        foreach (var (pattern, registered) in _entries)
        {
            if (pattern.Matches(function))
                return registered;
        }

        return _fallback;
    }

    /// <inheritdoc/>
    public void Dispose() => _transports.ForEach(static transport => transport.Dispose());

    private RegisteredFunction Register(TaskSettings settings, FunctionSettings entry)
    {
        IFunctionEndpoint endpoint = entry.Protocol switch
        {
            FunctionProtocol.InvokeApi => new InvokeApiEndpoint(Connect(settings, entry), UrlOf(entry)),
            FunctionProtocol.Webhook => new WebhookEndpoint(Connect(settings, entry), UrlOf(entry)),
            FunctionProtocol.Echo => new EchoEndpoint(),
            _ => throw new InvalidOperationException($"A function protocol that nobody speaks: {entry.Protocol}."),
        };
        var idempotent = entry.Idempotent || entry.Protocol is FunctionProtocol.Echo;
        return new RegisteredFunction(endpoint, new CallGate(entry.Concurrency, settings.MaxWaitingCalls), entry.Timeout, idempotent);
    }

    private FunctionTransport Connect(TaskSettings settings, FunctionSettings entry)
    {
        var transport = new FunctionTransport(entry.Concurrency, settings.ConnectTimeout);
        _transports.Add(transport);
        return transport;
    }

    private static Uri UrlOf(FunctionSettings entry) =>
        entry.Url ?? throw new InvalidOperationException($"The function entry '{entry.Name}' has no address.");
}
