using System.Diagnostics.Metrics;

namespace Cluster.Node.Actors;

/// <summary>What is counted about actors, under the meter <see cref="MeterName"/>.</summary>
public sealed class ActorMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Actors";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<long> _live;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _crowded;

    /// <summary>New counters, at zero.</summary>
    public ActorMetrics()
    {
        _live = _meter.CreateUpDownCounter<long>("cluster.actors.live", "{actor}", "Actors that were spawned and have not ended.");
        _messages = _meter.CreateCounter<long>("cluster.actors.messages", "{message}", "Messages that actors handled.");
        _failures = _meter.CreateCounter<long>("cluster.actors.failures", "{failure}", "Exceptions that ended an actor.");
        _deadLetters = _meter.CreateCounter<long>("cluster.actors.dead_letters", "{message}", "Messages whose actor had ended.");
        _crowded = _meter.CreateCounter<long>("cluster.actors.crowded", "{event}", "Times that a mailbox passed its soft limit.");
    }

    /// <summary>The counters of this process.</summary>
    public static ActorMetrics OfProcess { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Spawned() => _live.Add(1);

    internal void Ended() => _live.Add(-1);

    internal void Handled(int messages) => _messages.Add(messages);

    internal void Failed() => _failures.Add(1);

    internal void DeadLetters(int messages) => _deadLetters.Add(messages);

    internal void Crowded() => _crowded.Add(1);
}
