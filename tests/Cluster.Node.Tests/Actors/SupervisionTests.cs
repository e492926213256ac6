using System.Diagnostics.Metrics;
using Cluster.Node.Actors;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cluster.Node.Tests.Actors;

public sealed class SupervisionTests
{
    private static readonly InvalidOperationException Fault = new("boom");

    private readonly ManualDispatcher _dispatcher = new();
    private readonly RecordingActor _supervisor = new();
    private readonly RecordingLog _log = new();
    private readonly ActorSystem _system;
    private readonly ActorRef _supervisorRef;

    public SupervisionTests()
    {
        _system = new ActorSystem(_dispatcher, TimeProvider.System, _log);
        _supervisorRef = _system.Spawn("supervisor", _supervisor);
    }

    private IEnumerable<object> Told => _supervisor.Envelopes.Select(e => e.Message);

    [Fact]
    public void A_failure_ends_the_actor_and_tells_the_supervisor_what_was_not_read()
    {
        var child = new RecordingActor();
        var actor = _system.Spawn("child", child, _supervisorRef);
        actor.Tell(1);
        actor.Tell((Action)(() => throw Fault));
        actor.Tell(2, actor);
        actor.Tell(3);
        _dispatcher.RunAll();
        Assert.Equal("stop", child.Seen[^1]);
        Assert.DoesNotContain(2, child.Seen);
        var terminated = Assert.IsType<Terminated>(Assert.Single(Told));
        Assert.Same(actor, terminated.Actor);
        Assert.Same(Fault, terminated.Failure);
        Assert.Equal([new Envelope(2, actor), new Envelope(3, null)], terminated.Unread);
        Assert.Equal(1, _system.Live);
    }

    [Fact]
    public void A_failure_is_logged_once_with_the_actors_name()
    {
        _system.Spawn("the-child", new RecordingActor(), _supervisorRef).Tell((Action)(() => throw Fault));
        _dispatcher.RunAll();
        var (text, exception) = Assert.Single(_log.Lines);
        Assert.Contains("the-child", text, StringComparison.Ordinal);
        Assert.Same(Fault, exception);
    }

    [Fact]
    public void A_failure_is_counted()
    {
        long failures = 0;
        using var metrics = new ActorMetrics();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => failures += value);
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (string.Equals(instrument.Name, "cluster.actors.failures", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument);
        };
        listener.Start();
        new ActorSystem(_dispatcher, TimeProvider.System, metrics: metrics).Spawn("a", new RecordingActor()).Tell((Action)(() => throw Fault));
        _dispatcher.RunAll();
        Assert.True(failures >= 1);
    }

    [Fact]
    public void What_is_told_to_the_dead_goes_to_their_supervisor_after_the_news_and_in_order()
    {
        var actor = _system.Spawn("child", new RecordingActor(), _supervisorRef);
        _system.Stop(actor);
        _dispatcher.RunAll();
        actor.Tell("a", _supervisorRef);
        actor.Tell("b");
        _dispatcher.RunAll();
        Assert.Equal(
            [new DeadLetter(actor, new Envelope("a", _supervisorRef)), new DeadLetter(actor, new Envelope("b", null))],
            Told.Skip(1));
        Assert.Null(Assert.IsType<Terminated>(Told.First()).Failure);
    }

    [Fact]
    public void A_stopped_actor_reads_nothing_more()
    {
        var child = new RecordingActor();
        var actor = _system.Spawn("child", child, _supervisorRef);
        actor.Tell((Action)(() => _system.Stop(actor)));
        actor.Tell("unread");
        _dispatcher.RunAll();
        _system.Stop(actor);
        _dispatcher.RunAll();
        Assert.Equal("stop", child.Seen[2]);
        Assert.Equal(3, child.Seen.Count);
        Assert.Equal([new Envelope("unread", null)], Assert.IsType<Terminated>(Assert.Single(Told)).Unread);
    }

    [Fact]
    public void An_idle_actor_hears_that_it_is_stopped()
    {
        var child = new RecordingActor();
        var actor = _system.Spawn("child", child, _supervisorRef);
        _dispatcher.RunAll();
        _system.Stop(actor);
        _dispatcher.RunAll();
        Assert.Equal(["start", "stop"], child.Seen);
        Assert.Empty(Assert.IsType<Terminated>(Assert.Single(Told)).Unread);
    }

    [Fact]
    public void A_failure_in_PreStart_ends_the_actor_before_its_first_message()
    {
        var child = new RecordingActor { OnStart = () => throw Fault };
        _system.Spawn("child", child, _supervisorRef).Tell("unread");
        _dispatcher.RunAll();
        Assert.Equal(["start", "stop"], child.Seen);
        var terminated = Assert.IsType<Terminated>(Assert.Single(Told));
        Assert.Same(Fault, terminated.Failure);
        Assert.Single(terminated.Unread);
    }

    [Fact]
    public void A_failure_in_PostStop_is_a_failure_but_does_not_hide_the_first()
    {
        var late = new InvalidOperationException("late");
        var stopped = _system.Spawn("stopped", new RecordingActor { OnStop = () => throw late }, _supervisorRef);
        _system.Stop(stopped);
        _dispatcher.RunAll();
        _system.Spawn("failed", new RecordingActor { OnStop = () => throw late }, _supervisorRef).Tell((Action)(() => throw Fault));
        _dispatcher.RunAll();
        Assert.Equal([late, Fault], Told.Cast<Terminated>().Select(t => t.Failure));
        Assert.Equal(3, _log.Lines.Count);
    }

    [Fact]
    public void Letters_to_the_dead_child_of_a_dead_supervisor_climb_on()
    {
        var middle = _system.Spawn("middle", new RecordingActor(), _supervisorRef);
        var child = _system.Spawn("child", new RecordingActor(), middle);
        _dispatcher.RunAll();
        _system.Stop(middle);
        _dispatcher.RunAll();
        child.Tell((Action)(() => throw Fault));
        child.Tell("unread");
        _dispatcher.RunAll();
        child.Tell("late");
        _dispatcher.RunAll();
        Assert.Equal(
            [new DeadLetter(child, new Envelope("unread", null)), new DeadLetter(child, new Envelope("late", null))],
            Told.Skip(1));
    }

    [Fact]
    public void Without_a_supervisor_the_end_is_still_clean()
    {
        var child = new RecordingActor();
        var actor = _system.Spawn("child", child);
        actor.Tell((Action)(() => throw Fault));
        _dispatcher.RunAll();
        actor.Tell("late");
        _dispatcher.RunAll();
        Assert.Equal("stop", child.Seen[^1]);
        Assert.Equal(0, _dispatcher.Waiting);
    }

    private sealed class RecordingLog : ILogger
    {
        internal List<(string Text, Exception? Failure)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((formatter(state, exception), exception));
    }
}
