using Cluster.Node.Database;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Tests.Journal;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Hosting;

/// <summary>Slots in a file: what a process that ended out of order leaves in them, and how the next one books it.</summary>
public sealed class SuspicionTests : IDisposable
{
    private static readonly ExecutionId A = ExecutionId.Create(1_000, 1, 1, ulong.MaxValue);
    private static readonly ExecutionId B = ExecutionId.Create(2_000, 2, 2, 0);

    private readonly TemporaryDirectory _directory = new();
    private readonly Booked _booked = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_a_thread_works_for_when_its_process_ends_is_booked_once_by_the_next_start()
    {
        using var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(B);
        slots.Leave();
        slots.Enter(A);
        using var crashed = Crash();

        (await BeginAsync(8, crashed.Path))!.Dispose();
        Assert.Equal((7L, A), (Assert.Single(_booked.All).Incarnation, Assert.Single(_booked.All[0].Ids)));
        (await BeginAsync(9, crashed.Path))!.Dispose();
        Assert.Single(_booked.All);
    }

    [Fact]
    public async Task Each_thread_has_a_slot_of_its_own()
    {
        using var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(A);
        var other = new Thread(() => slots.Enter(B));
        other.Start();
        other.Join();
        using var crashed = Crash();

        (await BeginAsync(8, crashed.Path))!.Dispose();
        Assert.Equal([A, B], Assert.Single(_booked.All).Ids);
    }

    [Fact]
    public async Task A_process_that_ends_in_order_leaves_nothing()
    {
        var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(A);
        slots.Dispose();

        (await BeginAsync(8))!.Dispose();
        Assert.Empty(_booked.All);
    }

    [Fact]
    public async Task Processes_that_share_a_folder_keep_apart_and_the_dead_ones_are_all_read()
    {
        using var first = await BeginAsync(incarnation: 7);
        using var second = await BeginAsync(incarnation: 8);
        first!.Enter(A);
        second!.Enter(B);
        using var crashed = Crash();
        using var third = await BeginAsync(incarnation: 9);
        Assert.NotNull(third);
        Assert.Empty(_booked.All);

        (await BeginAsync(10, crashed.Path))!.Dispose();
        Assert.Equal([(7L, A), (8L, B)], _booked.All.Select(booked => (booked.Incarnation, Assert.Single(booked.Ids))));
    }

    [Fact]
    public async Task What_cannot_be_booked_now_is_booked_by_a_later_start()
    {
        using var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(A);
        using var crashed = Crash();

        _booked.IsFull = true;
        (await BeginAsync(8, crashed.Path))!.Dispose();
        Assert.Empty(_booked.All);
        _booked.IsFull = false;
        (await BeginAsync(9, crashed.Path))!.Dispose();
        Assert.Equal(7, Assert.Single(_booked.All).Incarnation);
    }

    [Fact]
    public async Task Without_a_folder_that_can_be_written_nothing_is_kept_and_nothing_fails()
    {
        Assert.Null(await BeginAsync(7, Path.Combine(_directory.Path, "missing")));
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, Suspicion.FileName + "0"), "something else");
        (await BeginAsync(8))!.Dispose();
        Assert.Empty(_booked.All);
    }

    [Fact]
    public async Task A_reason_that_lies_in_no_execution_makes_nobody_suspect()
    {
        using var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(A);
        slots.Disregard();
        using var crashed = Crash();

        (await BeginAsync(8, crashed.Path))!.Dispose();
        Assert.Empty(_booked.All);
    }

    [Fact]
    public async Task Keeping_a_slot_allocates_nothing()
    {
        using var slots = await BeginAsync(incarnation: 7);
        slots!.Enter(A);
        slots.Leave();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            slots.Enter(A);
            slots.Leave();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private ValueTask<DecisionSlotFile?> BeginAsync(long incarnation, string? folder = null) =>
        new Suspicion(_booked, folder ?? _directory.Path, TimeProvider.System, NullLogger<Suspicion>.Instance)
            .BeginAsync(incarnation, CancellationToken.None);

    /// <summary>The files as they would be if the process ended now.</summary>
    private TemporaryDirectory Crash()
    {
        var copy = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(_directory.Path))
        {
            // The lock of the file keeps others from opening it, as it should; the bytes are read beside it.
            using var handle = System.Diagnostics.Process.Start("cp", [file, copy.Path]);
            handle.WaitForExit();
            Assert.Equal(0, handle.ExitCode);
        }

        return copy;
    }

    private sealed class Booked : ISuspectStore
    {
        public List<(long Incarnation, IReadOnlyCollection<ExecutionId> Ids)> All { get; } = [];

        public bool IsFull { get; set; }

        public ValueTask BookAsync(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation)
        {
            if (IsFull)
                throw new StoreUnavailableException("full");
            All.Add((incarnation, ids));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
            int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation) =>
            throw new InvalidOperationException("Booking asks for nothing else.");

        public ValueTask<int> ReleaseAsync(ExecutionId id, CancellationToken cancellation) => throw new InvalidOperationException("Booking asks for nothing else.");
    }
}
