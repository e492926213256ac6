using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Asks a store's register for an actor: one request at a time, in their order; each is answered, whatever happens.</summary>
public sealed partial class StoreRegister(IClusterRegister register, ILogger<StoreRegister> log) : IRegisterPort
{
    /// <summary>The most requests that wait or are under way; further ones are answered at once as failed, and were not carried out.</summary>
    public const int MostWaiting = 32;

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _waiting;
    private volatile bool _failing;

    /// <inheritdoc/>
    public void Ask(RegisterRequest request, ActorRef replyTo)
    {
        lock (_gate)
        {
            if (_waiting < MostWaiting)
            {
                _waiting++;
                _last = AskAsync(_last, request, replyTo);
                return;
            }
        }

        replyTo.Tell(new RegisterAnswer.Failed(request, "Too many requests wait for the register."));
    }

    private async Task AskAsync(Task before, RegisterRequest request, ActorRef replyTo)
    {
        // The one before never fails.
        await before.ConfigureAwait(false);
        RegisterAnswer answer;
        try
        {
            answer = await register.AskAsync(request, CancellationToken.None).ConfigureAwait(false);
            if (answer is RegisterAnswer.Failed { Reason: var reason } && !_failing)
                LogFailed(log, request.GetType().Name, reason);
        }
        catch (Exception e)
        {
            // The coordinator decides: it asks again, and lets no call out meanwhile.
            LogThrew(log, request.GetType().Name, e);
            answer = new RegisterAnswer.Failed(request, e.Message);
        }

        // A store that stays away is told of once.
        _failing = answer is RegisterAnswer.Failed;
        lock (_gate)
            _waiting--;
        replyTo.Tell(answer);
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The register could not be asked to {Request}")]
    private static partial void LogThrew(ILogger log, string request, Exception reason);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The register could not {Request}: {Reason}")]
    private static partial void LogFailed(ILogger log, string request, string reason);
}
