using Cluster.Node.Database;
using Cluster.Node.Journal;
using Cluster.Node.Tasks.Tokens;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>The keys of task tokens in the store: makes the first one, renews old ones, and looks now and then for those that other nodes made.</summary>
public sealed partial class StoreTokenKeys : ITokenKeySource, IAsyncDisposable
{
    /// <summary>How often a node looks; less than <see cref="TokenKey.Settling"/>.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(3);

    /// <summary>How often it looks at most for keys that tokens name and nobody knows here: whoever forges tokens cannot make it read more.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>How often a change is tried against others who change them too.</summary>
    private const int Tries = 10;

    private readonly ITokenKeyStore _store;
    private readonly ISecretSource _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly Lock _gate = new();
    private Task _looking = Task.CompletedTask;
    private Task<IReadOnlyList<TokenKey>?>? _lookedAgain;
    private long _lookedAgainAt;

    private StoreTokenKeys(ITokenKeyStore store, ISecretSource secrets, TimeProvider time, ILogger log)
    {
        _store = store;
        _secrets = secrets;
        _time = time;
        _log = log;
        _stopping = _stop.Token;
        Tokens = null!;
    }

    /// <summary>Tokens of these keys.</summary>
    public TaskTokens Tokens { get; private set; }

    /// <summary>Reads the keys, or makes the first one.</summary>
    public static async Task<StoreTokenKeys> OpenAsync(
        ITokenKeyStore store, ISecretSource secrets, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var keys = new StoreTokenKeys(store, secrets, time, log);
        keys.Tokens = new TaskTokens(await keys.LookAsync(cancellation).ConfigureAwait(false), secrets, time, keys);
        keys._looking = keys.LookOnAsync();
        return keys;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TokenKey>?> LookAgainAsync(CancellationToken cancellation)
    {
        Task<IReadOnlyList<TokenKey>?> look;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_lookedAgain is null || (_lookedAgain.IsCompleted && _time.GetElapsedTime(_lookedAgainAt, now) >= LookAgainAfter))
            {
                _lookedAgainAt = now;
                _lookedAgain = TryLookAsync(_stopping);
            }

            look = _lookedAgain;
        }

        // Another's impatience ends nobody else's wait.
        return await look.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LookOnAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(LookEvery, _time, _stopping).ConfigureAwait(false);

                // When it cannot look, the keys that are known stay good, and the next look comes soon.
                if (await TryLookAsync(_stopping).ConfigureAwait(false) is { } found)
                    Tokens.Replace(found);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<TokenKey>?> TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(cancellation).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            LogNotLooked(_log, e);
            return null;
        }
    }

    private async ValueTask<IReadOnlyList<TokenKey>> LookAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            var kept = await _store.ReadTokenKeysAsync(cancellation).ConfigureAwait(false);
            IReadOnlyList<TokenKey> keys = kept is null ? [] : TokenKey.Read(kept);
            var renewed = TokenKey.Renewed(keys, _secrets, _time);
            if (ReferenceEquals(keys, renewed)
                || await _store.TryChangeTokenKeysAsync(kept, TokenKey.Write(renewed), cancellation).ConfigureAwait(false))
            {
                return renewed;
            }
        }

        throw new InvalidOperationException("The keys of task tokens change again and again.");
    }

    [LoggerMessage(EventId = 331, Level = LogLevel.Warning, Message = "The keys of task tokens could not be looked for")]
    private static partial void LogNotLooked(ILogger log, Exception reason);
}
