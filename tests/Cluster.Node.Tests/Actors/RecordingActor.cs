using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Actors;

/// <summary>Keeps what it receives; a message that is an action is run, so that a test can throw or stop in the actor's turn.</summary>
internal sealed class RecordingActor : Actor
{
    internal List<object> Seen { get; } = [];

    internal List<Envelope> Envelopes { get; } = [];

    internal Action? OnStart { get; init; }

    internal Action? OnStop { get; init; }

    internal bool MailBehind => HasMail;

    public override void PreStart()
    {
        Seen.Add("start");
        OnStart?.Invoke();
    }

    public override void Receive(in Envelope message)
    {
        Envelopes.Add(message);
        Seen.Add(message.Message);
        (message.Message as Action)?.Invoke();
    }

    public override void PostStop()
    {
        Seen.Add("stop");
        OnStop?.Invoke();
    }
}
