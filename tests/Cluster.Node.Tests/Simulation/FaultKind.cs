namespace Cluster.Node.Tests.Simulation;

/// <summary>All that goes wrong in a simulated world. A run over many seeds in which one of them never happened proves nothing about it.</summary>
internal enum FaultKind
{
    /// <summary>A start was refused because the store was full.</summary>
    AppendUnavailable,

    /// <summary>An append was undone and tried again by the writer.</summary>
    AppendDelayed,

    /// <summary>An append was committed, and nobody learned of it.</summary>
    AppendUnknownCommitted,

    /// <summary>An append was not committed, and nobody learned of it.</summary>
    AppendUnknownNotCommitted,

    /// <summary>An append was committed at once, and its answer took long.</summary>
    AppendAnsweredLate,

    /// <summary>An execution could not be read back.</summary>
    LoadFailed,

    /// <summary>An execution was read back slowly.</summary>
    LoadLate,

    /// <summary>A page of sleepers could not be read.</summary>
    WakeReadFailed,

    /// <summary>An execution's actor threw at a message, which is lost with it.</summary>
    ActorFailure,

    /// <summary>A turn began late, as on a busy machine.</summary>
    SlowTurn,

    /// <summary>The process was killed in the middle of something.</summary>
    Crash,

    /// <summary>The process was killed again while it was still starting.</summary>
    CrashWhileStarting,

    /// <summary>An append of a dead process was committed after its death.</summary>
    CommittedAfterDeath,

    /// <summary>An append of a dead process was lost with it.</summary>
    LostWithDeath,

    /// <summary>An append of a dead process came after another had taken the shard, and was fenced.</summary>
    FencedAfterDeath,

    /// <summary>A call reached the function after the death of its caller.</summary>
    CallArrivedAfterDeath,

    /// <summary>A call was lost with its caller.</summary>
    CallLostWithDeath,

    /// <summary>A call waited in its process before it left.</summary>
    CallQueued,

    /// <summary>A function answered with an error of its own.</summary>
    FunctionError,

    /// <summary>A function was throttled.</summary>
    FunctionThrottled,

    /// <summary>A function took seconds.</summary>
    FunctionLate,

    /// <summary>A function answered twice.</summary>
    FunctionTwice,

    /// <summary>A function never answered.</summary>
    FunctionNever,

    /// <summary>A message between clients and nodes was lost.</summary>
    MessageLost,

    /// <summary>A message came twice.</summary>
    MessageTwice,

    /// <summary>A message was overtaken by later ones.</summary>
    MessageLate,

    /// <summary>A message met a line that was cut.</summary>
    MessageCutOff,

    /// <summary>The line between two nodes was cut, both ways.</summary>
    NodesCut,

    /// <summary>The line between two nodes was cut, one way.</summary>
    NodesCutOneWay,

    /// <summary>A node was cut off from all clients, one way or both.</summary>
    ClientsCut,

    /// <summary>A node was cut off from the store.</summary>
    StoreCut,

    /// <summary>What a node asked did not reach the store.</summary>
    StoreCutThere,

    /// <summary>What the store answered did not reach a node.</summary>
    StoreCutBack,

    /// <summary>An append met a line that was cut, and waited.</summary>
    AppendCutOff,

    /// <summary>An append met a line that was cut, and nobody learned that it was not committed.</summary>
    AppendLostOnLine,

    /// <summary>An append was committed, and its answer was lost on a line that was cut.</summary>
    AnswerLostOnLine,

    /// <summary>The store stood still for a while for all.</summary>
    StoreStalled,

    /// <summary>A process was frozen for less than its lease.</summary>
    ShortPause,

    /// <summary>A process was frozen for longer than its lease.</summary>
    LongPause,

    /// <summary>The register could not be asked.</summary>
    RegisterFailed,

    /// <summary>The register did what it was asked, and the answer was lost.</summary>
    RegisterAnswerLost,

    /// <summary>The register answered late.</summary>
    RegisterLate,

    /// <summary>A node left in order.</summary>
    Leave,

    /// <summary>A node was killed while it was leaving.</summary>
    CrashWhileLeaving,

    /// <summary>A node more joined.</summary>
    Join,

    /// <summary>The connection that keeps a node present broke, and was made anew.</summary>
    ConnectionBroken,

    /// <summary>The connection that keeps a node present broke and was made anew before any request of its coordinator found out.</summary>
    ConnectionMadeAnewUnseen,

    /// <summary>The store started anew: no node was present any more, whatever state it was in.</summary>
    StoreRestarted,

    /// <summary>A process was frozen for less than its lease in the moment in which the store started anew.</summary>
    FrozenWhenStoreRestarted,

    /// <summary>A shard's actor threw at a message.</summary>
    ShardFailure,

    /// <summary>All processes were killed at once.</summary>
    BlackOut,

    /// <summary>A node ended, and the store did not see its connection end for a while.</summary>
    PresenceStays,

    /// <summary>What one execution tells another was lost between two nodes.</summary>
    LetterLost,

    /// <summary>What one execution tells another came twice.</summary>
    LetterTwice,

    /// <summary>The start of an execution by another was lost between two nodes.</summary>
    ChildStartLost,

    /// <summary>The start of an execution by another came twice.</summary>
    ChildStartTwice,

    /// <summary>The answer to a letter or to the start of a child was lost between two nodes.</summary>
    MailAnswerLost,

    /// <summary>The start of a child waited in its process before it left.</summary>
    ChildStartQueued,

    /// <summary>The tasks that wait for a worker could not be read.</summary>
    PendingReadFailed,

    /// <summary>A worker went away while it waited for a task.</summary>
    PollAbandoned,

    /// <summary>Whoever had got a token died before the first word.</summary>
    HolderDied,

    /// <summary>Whoever had a token died after a while.</summary>
    HolderDiedAtWork,

    /// <summary>Whoever had a token was silent for longer than allowed, and spoke then.</summary>
    HolderSilent,

    /// <summary>Two words were said with one token.</summary>
    WordTwice,

    /// <summary>A word was said again after it had been heard.</summary>
    WordRepeated,

    /// <summary>A token was bent before it was used.</summary>
    TokenBent,
}
