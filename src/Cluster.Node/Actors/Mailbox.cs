namespace Cluster.Node.Actors;

/// <summary>
/// A queue of letters from many senders to one reader, which also knows whether the reader has a turn coming.
/// </summary>
/// <remarks>
/// <para>Letters wait in two chains: <c>_inbox</c>, newest first, which senders push onto with one compare-and-swap, and <c>_taken</c>,
/// oldest first, which only the reader touches. The reader takes the whole inbox at once and turns it round.</para>
/// <para>What always holds: the inbox is null exactly while no turn is scheduled or running. Whoever turns it from null into something owes
/// the reader one turn; only the reader turns it back, and only when it is the empty <see cref="Busy"/>. So no wake-up is lost, none is
/// doubled, and one turn runs at a time.</para>
/// </remarks>
internal struct Mailbox
{
    /// <summary>Letters in one inbox beyond which a sender counts an overflow. Nothing is refused: admission is decided before a message exists.</summary>
    internal const int SoftLimit = 10_000;

    private static readonly Letter Busy = new(default);

    private Letter? _inbox;
    private Letter? _taken;

    /// <summary>Whether letters wait; for the reader in its turn only.</summary>
    internal readonly bool HasLetters => _taken is not null || Volatile.Read(in _inbox) != Busy;

    /// <summary>Marks a turn as owed before the first letter, for the reader's start.</summary>
    internal void Open() => _inbox = Busy;

    /// <summary>Puts a letter in; safe from any thread.</summary>
    /// <param name="envelope">The letter.</param>
    /// <param name="crowded">Whether this letter made the inbox pass <see cref="SoftLimit"/>.</param>
    /// <returns>Whether the caller owes the reader a turn.</returns>
    internal bool Put(in Envelope envelope, out bool crowded)
    {
        var letter = new Letter(envelope);
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            var waiting = head is null || head == Busy ? null : head;
            letter.Next = waiting;
            letter.Depth = waiting is null ? 1 : waiting.Depth + 1;
            var seen = Interlocked.CompareExchange(ref _inbox, letter, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }

        crowded = letter.Depth == SoftLimit + 1;
        return head is null;
    }

    /// <summary>Takes the oldest letter; for the reader in its turn only.</summary>
    internal bool TryTake(out Envelope envelope)
    {
        if (_taken is null && Volatile.Read(ref _inbox) != Busy)
            _taken = Reverse(Interlocked.Exchange(ref _inbox, Busy));
        if (_taken is null)
        {
            envelope = default;
            return false;
        }

        envelope = _taken.Envelope;
        _taken = _taken.Next;
        return true;
    }

    /// <summary>Ends the reader's turn. After true the reader must touch nothing: another turn may have begun.</summary>
    /// <returns>False when a letter waits and the turn must go on or be scheduled again.</returns>
    internal bool TryRest() => _taken is null && Interlocked.CompareExchange(ref _inbox, null, Busy) == Busy;

    private static Letter? Reverse(Letter? newest)
    {
        Letter? oldest = null;
        for (var letter = newest; letter is not null && letter != Busy;)
        {
            var next = letter.Next;
            letter.Next = oldest;
            oldest = letter;
            letter = next;
        }

        return oldest;
    }

    private sealed class Letter(in Envelope envelope)
    {
        internal readonly Envelope Envelope = envelope;
        internal Letter? Next;
        internal int Depth;
    }
}
