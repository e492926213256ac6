using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Asks a store's register for an actor: one request at a time, in their order; each is answered, whatever happens.</summary>
public sealed partial class StoreRegister(IClusterRegister register, ILogger<StoreRegister> log) : IRegisterPort
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <inheritdoc/>
    public void Ask(RegisterRequest request, ActorRef replyTo)
    {
        lock (_gate)
            _last = AskAsync(_last, request, replyTo);
    }

    private async Task AskAsync(Task before, RegisterRequest request, ActorRef replyTo)
    {
        // The one before never fails.
        await before.ConfigureAwait(false);
        RegisterAnswer answer;
        try
        {
            answer = await register.AskAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The coordinator decides: it asks again, and lets no call out meanwhile.
            LogFailed(log, request.GetType().Name, e);
            answer = new RegisterAnswer.Failed(request, e.Message);
        }

        replyTo.Tell(answer);
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The register could not be asked to {Request}")]
    private static partial void LogFailed(ILogger log, string request, Exception reason);
}
