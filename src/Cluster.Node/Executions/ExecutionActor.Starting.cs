using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Executions;

/// <content>The start: the first append takes the name, or the execution never was.</content>
public sealed partial class ExecutionActor
{
    private NameReservation? _reservation;
    private StartExecution? _start;

    private void Begin(StartEntity start, ActorRef? sender)
    {
        var name = start.Name;
        _start = (StartExecution)start.Message;
        _reservation = new NameReservation(name.Account, name.Region, name.StateMachine, name.Name, _room.Now);
        _execution = Execution.Empty(_start.Definition);
        Decide(new ExecutionCommand.Start(_start.Start, _start.Input));
        if (sender is not null)
            Reply(sender, new ExecutionAnswer.Started(_execution.StartedAt));
        Flush();
    }

    private ExecutionRow NewRow(long? wakeAt) => new()
    {
        Id = _id,
        Account = _reservation!.Account,
        Region = _reservation.Region,
        StateMachine = _reservation.StateMachine,
        Name = _reservation.Name,
        Status = StatusOf(_execution!.State),
        StartDate = _execution.StartedAt,
        StopDate = _execution.StoppedAt,
        InputHash = _start!.InputHash,
        DefinitionHash = _start.DefinitionHash,
        WakeAt = wakeAt,
    };

    /// <summary>The same name with the same input while that execution runs is the same start (B7).</summary>
    private ExecutionAnswer NameAnswer(ExecutionRow holder) =>
        holder.Status == ExecutionStatus.Running && holder.InputHash.Span.SequenceEqual(_start!.InputHash.Span)
            ? new ExecutionAnswer.Started(holder.StartDate) { Before = holder.Id }
            : new ExecutionAnswer.NameTaken(holder);

    /// <summary>How the execution row tells where an execution stands.</summary>
    internal static ExecutionStatus StatusOf(ExecutionState state) => state switch
    {
        ExecutionState.Running => ExecutionStatus.Running,
        ExecutionState.Succeeded => ExecutionStatus.Succeeded,
        ExecutionState.Failed => ExecutionStatus.Failed,
        ExecutionState.TimedOut => ExecutionStatus.TimedOut,
        ExecutionState.Aborted => ExecutionStatus.Aborted,
        _ => throw new InvalidOperationException($"An execution that is {state} has no status."),
    };
}
