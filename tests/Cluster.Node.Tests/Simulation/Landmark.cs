namespace Cluster.Node.Tests.Simulation;

/// <summary>What a good run must have come by, though nothing about it is a fault: code that no seed reaches is not tested by any.</summary>
internal enum Landmark
{
    /// <summary>A snapshot was stored.</summary>
    SnapshotWritten,

    /// <summary>An execution was read back from a snapshot.</summary>
    SnapshotRead,

    /// <summary>An append lost against another.</summary>
    Conflict,

    /// <summary>A call was made again with its key.</summary>
    CallResent,

    /// <summary>An attempt failed because its outcome was unknown.</summary>
    OutcomeUnknown,

    /// <summary>A call took too long.</summary>
    TaskTimedOut,

    /// <summary>A machine's TimeoutSeconds passed.</summary>
    ExecutionTimedOut,

    /// <summary>A retrier took a failure.</summary>
    Retried,

    /// <summary>A catcher took a failure.</summary>
    Caught,

    /// <summary>A stop was carried out.</summary>
    Stopped,

    /// <summary>A second start was acknowledged as the first.</summary>
    StartRepeated,

    /// <summary>A start was refused because of its name.</summary>
    NameRefused,

    /// <summary>A starter learned that its execution may or may not exist.</summary>
    StartLost,

    /// <summary>What a branch had decided came after its scope had gone on or was gone, and was dropped.</summary>
    BranchDropped,

    /// <summary>A state was cut short by the failure of a sibling.</summary>
    SiblingCutShort,

    /// <summary>A call was given up because a sibling failed.</summary>
    SiblingCallGivenUp,

    /// <summary>A shard got a new owner while branches or iterations of an execution ran.</summary>
    RestartedInFanOut,

    /// <summary>A Map was retried.</summary>
    MapRetried,

    /// <summary>A Map had more items than iterations may run at a time.</summary>
    LaneTakenAgain,

    /// <summary>The same start came to two nodes at nearly one time.</summary>
    StartAtTwoNodes,

    /// <summary>A node was asked for a shard that it does not hold.</summary>
    NotOwner,

    /// <summary>A request went on to the node that was named.</summary>
    NotOwnerFollowed,

    /// <summary>An append of a node that lives was refused, because another had taken the shard.</summary>
    FencedAlive,

    /// <summary>A call was held back because the lease had lapsed.</summary>
    CallHeld,

    /// <summary>A shard was taken because its holder's lease had run out.</summary>
    TakenAfterExpiry,

    /// <summary>A shard was taken because its holder was not present any more.</summary>
    TakenByAbsence,

    /// <summary>A shard was given to a node that had joined.</summary>
    GivenToJoiner,

    /// <summary>A shard was given away by a node that was leaving.</summary>
    GivenByLeaver,

    /// <summary>A process that had been frozen went on after another had taken a shard of its.</summary>
    OwnerWoke,

    /// <summary>An append of which nobody had learned whether it was committed was found in the journal.</summary>
    UnknownCommitFound,

    /// <summary>A letter or the start of a child went on to the node that was named.</summary>
    MailForwarded,

    /// <summary>An execution started another, whose shard another node held.</summary>
    ChildOnOtherNode,

    /// <summary>A child was acknowledged to the same attempt again.</summary>
    ChildStartRepeated,

    /// <summary>The start of a child was sent again by another life.</summary>
    ChildStartResent,

    /// <summary>A Task got its child's output.</summary>
    ChildSucceeded,

    /// <summary>A Task got its child's failure.</summary>
    ChildFailed,

    /// <summary>A child's end came to a Task that did not wait for it any more.</summary>
    EndNotWaitedFor,

    /// <summary>A node was killed that held an execution whose child ran.</summary>
    ParentKilledWhileChildRuns,

    /// <summary>A node was killed that held a child that ran.</summary>
    ChildKilled,

    /// <summary>A node was killed that held a child that had ended, and whose parent had not heard.</summary>
    ChildKilledBeforeItTold,

    /// <summary>Both the holder of a parent and that of its child, on different shards, were killed while the parent waited.</summary>
    ParentAndChildKilled,

    /// <summary>The shard of an execution that waits for its child got another holder.</summary>
    ParentMovedWhileItWaits,

    /// <summary>The shard of a child that is waited for got another holder.</summary>
    ChildMovedWhileWaitedFor,

    /// <summary>A Task was given up while its child ran.</summary>
    GivenUpWhileChildRuns,

    /// <summary>A Task was given up before its child had started.</summary>
    GivenUpBeforeChildStarted,

    /// <summary>A child was started for a Task that had been given up.</summary>
    ChildStartedAfterGiveUp,

    /// <summary>The child of a given-up Task was stopped.</summary>
    OrphanStopped,

    /// <summary>A task was given to a worker who never got it, and ended by its heartbeat.</summary>
    HandOutLost,

    /// <summary>Whoever had a token was silent for too long.</summary>
    SilentTooLong,

    /// <summary>A second word with a token was refused.</summary>
    AnsweredTwice,

    /// <summary>A word came after its task had timed out.</summary>
    AnsweredLate,

    /// <summary>A word was heard by the node to which its sender had been sent by another.</summary>
    AnsweredElsewhere,

    /// <summary>A heartbeat was heard by a later hold of the shard than that in which the token was handed out.</summary>
    HeartbeatAcrossCrash,

    /// <summary>A word came before the call had returned that handed the token out.</summary>
    TokenBeforeReturn,

    /// <summary>A word was heard by another node than the one that had scheduled the task.</summary>
    TokenAfterHandOver,

    /// <summary>What looked like a token was found to be none.</summary>
    BentTokenRefused,

    /// <summary>A worker had to go without a task.</summary>
    PollEmpty,

    /// <summary>A node has renewed the keys of tokens.</summary>
    TokenKeyRenewed,
    /// <summary>A Task was refused a name of its own that another attempt's execution had.</summary>
    ChildNameTaken,
}
