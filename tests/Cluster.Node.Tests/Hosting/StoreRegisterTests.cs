using Cluster.Node.Actors;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Hosting;

/// <summary>The way from an actor to the register: in order, one at a time, always answered.</summary>
public sealed class StoreRegisterTests
{
    private readonly SlowRegister _slow = new();
    private readonly Asker _asker = new();
    private readonly StoreRegister _register;

    public StoreRegisterTests() => _register = new StoreRegister(_slow, NullLogger<StoreRegister>.Instance);

    [Fact]
    public void Requests_are_carried_out_one_at_a_time_in_their_order()
    {
        var requests = Enumerable.Range(1, 3).Select(i => new RegisterRequest.Leave(i)).ToList();
        foreach (var request in requests)
            _register.Ask(request, _asker);

        Assert.Equal([requests[0]], _slow.Asked);
        foreach (var request in requests)
            _slow.Answer(new RegisterAnswer.Left(request));

        Assert.Equal(requests, _slow.Asked);
        Assert.Equal(requests.Select(request => new RegisterAnswer.Left(request)), _asker.Answers);
    }

    [Fact]
    public void A_store_that_throws_has_failed_and_the_next_request_is_carried_out()
    {
        var (first, second) = (new RegisterRequest.Leave(1), new RegisterRequest.Leave(2));
        _register.Ask(first, _asker);
        _register.Ask(second, _asker);

        _slow.Throw(new InvalidOperationException("broken"));
        _slow.Answer(new RegisterAnswer.Failed(second, "gone"));

        Assert.Equal([new RegisterAnswer.Failed(first, "broken"), new RegisterAnswer.Failed(second, "gone")], _asker.Answers);
    }

    [Fact]
    public void Too_many_requests_fail_at_once_until_there_is_room()
    {
        var requests = Enumerable.Range(1, StoreRegister.MostWaiting + 1).Select(i => new RegisterRequest.Leave(i)).ToList();
        foreach (var request in requests)
            _register.Ask(request, _asker);

        Assert.Same(requests[^1], Assert.IsType<RegisterAnswer.Failed>(Assert.Single(_asker.Answers)).Request);
        _slow.Answer(new RegisterAnswer.Left(requests[0]));
        _register.Ask(requests[^1], _asker);
        foreach (var request in requests[1..])
            _slow.Answer(new RegisterAnswer.Left(request));

        Assert.Equal(requests, _slow.Asked);
        Assert.Equal(requests.Count + 1, _asker.Answers.Count);
    }

    /// <summary>Answers when it is told to, and goes on where it was told.</summary>
    private sealed class SlowRegister : IClusterRegister
    {
        private TaskCompletionSource<RegisterAnswer> _next = new();

        public List<RegisterRequest> Asked { get; } = [];

        public int ShardCount => 1;

        public long Incarnation => 1;

        public async ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation)
        {
            Asked.Add(request);
            return await _next.Task.ConfigureAwait(false);
        }

        public void Answer(RegisterAnswer answer) => Renew().SetResult(answer);

        public void Throw(Exception reason) => Renew().SetException(reason);

        private TaskCompletionSource<RegisterAnswer> Renew()
        {
            var now = _next;
            _next = new TaskCompletionSource<RegisterAnswer>();
            return now;
        }
    }

    private sealed class Asker : ActorRef
    {
        public List<object> Answers { get; } = [];

        public override string Name => "asker";

        public override void Tell(object message, ActorRef? sender = null) => Answers.Add(message);
    }
}
