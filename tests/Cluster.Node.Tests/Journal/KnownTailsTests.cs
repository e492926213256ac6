using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What a writer knows of the rows that it wrote last.</summary>
public sealed class KnownTailsTests
{
    private readonly KnownTails _tails = new();

    [Fact]
    public void A_start_is_known_and_so_is_each_row_after_it()
    {
        _tails.Wrote(Start(1));
        Assert.Equal(2, _tails.Before(Next(1, expected: 1)));

        _tails.Wrote(Next(1, expected: 1, last: 7));

        Assert.Equal(7, _tails.Before(Next(1, expected: 2)));
        Assert.Null(_tails.Before(Next(1, expected: 1)));
        Assert.Null(_tails.Before(Next(1, expected: 3)));
        Assert.Null(_tails.Before(Next(2, expected: 2)));
    }

    [Fact]
    public void A_row_without_history_ids_has_the_last_one_of_a_row_before_it_that_is_known()
    {
        _tails.Wrote(Next(1, expected: 4, last: 9));
        _tails.Wrote(Next(1, expected: 5, last: 0));
        Assert.Equal(9, _tails.Before(Next(1, expected: 6)));

        _tails.Wrote(Next(2, expected: 4, last: 0));
        Assert.Null(_tails.Before(Next(2, expected: 5)));
    }

    [Fact]
    public void An_append_without_a_row_leaves_the_last_one_as_it_is()
    {
        _tails.Wrote(Start(1));
        _tails.Wrote(Next(1, expected: 1) with { Row = null });
        Assert.Equal(2, _tails.Before(Next(1, expected: 1)));
    }

    [Fact]
    public void At_another_epoch_nothing_is_known()
    {
        _tails.Wrote(Start(1));
        Assert.Null(_tails.Before(Next(1, expected: 1) with { Epoch = 2 }));
    }

    [Fact]
    public void What_has_ended_is_forgotten()
    {
        _tails.Wrote(Start(1));
        _tails.Wrote(Next(1, expected: 1, last: 3, terminal: true));
        Assert.Null(_tails.Before(Next(1, expected: 2)));
    }

    [Fact]
    public void One_too_many_and_all_others_are_forgotten()
    {
        for (var i = 1; i <= KnownTails.Most; i++)
            _tails.Wrote(Start(i));
        _tails.Wrote(Next(1, expected: 1, last: 3));
        Assert.Equal(2, _tails.Before(Next(KnownTails.Most, expected: 1)));

        _tails.Wrote(Start(KnownTails.Most + 1));

        Assert.Null(_tails.Before(Next(1, expected: 2)));
        Assert.Equal(2, _tails.Before(Next(KnownTails.Most + 1, expected: 1)));
    }

    private static AppendRequest Start(int execution) => Next(execution, expected: 0, last: 2) with
    {
        NewExecution = new ExecutionRow
        {
            Id = IdOf(execution),
            Account = JournalDriver.Account,
            Region = JournalDriver.Region,
            StateMachine = JournalDriver.Machine,
            Name = "a",
            Status = ExecutionStatus.Running,
            StartDate = 1,
            InputHash = JournalDriver.Bytes(32),
            DefinitionHash = JournalDriver.Bytes(32),
        },
    };

    private static AppendRequest Next(int execution, long expected, long last = 0, bool terminal = false) => new()
    {
        Id = IdOf(execution),
        ExpectedSequenceNr = expected,
        Shard = 0,
        Epoch = 1,
        Row = JournalDriver.Row(expected + 1, last == 0 ? 0 : last, last, terminal: terminal),
        Reply = null!,
    };

    private static ExecutionId IdOf(int execution) => new(1, (ulong)execution);
}
