using System.Security.Cryptography;
using Cluster.Asl.Interpreter;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Tasks;
using Cluster.Node.Tests.Simulation.Workers;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What clients were told and what functions saw, as the checker reads it.</summary>
internal sealed class RunLog(World world)
{
    private static readonly string[] Statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

    private readonly List<DumpRecord> _records = [];
    private long _calls;
    private int _clients;

    internal IReadOnlyList<DumpRecord> Records => _records;

    internal static string StatusOf(ExecutionStatus status) => Statuses[(int)status];

    internal static string MachineOf(string name) => $"{Workload.Account}/{Workload.Region}/{name}";

    internal static string Hash(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>The number of a client that has not called yet.</summary>
    internal int NextClient() => ++_clients;

    /// <summary>A client's call is over.</summary>
    /// <param name="client">Which client.</param>
    /// <param name="ask">What it asked.</param>
    /// <param name="began">When.</param>
    /// <param name="answer">What it was told, or null.</param>
    /// <param name="node">Whom it asked.</param>
    internal void Called(int client, Ask ask, long began, object? answer, string node)
    {
        var call = new CallRecord(client, $"{ask.GetType().Name}Execution", CallRecord.Info, began, world.Agenda.NowMs, MachineOf(ask.About.Machine.Name), ask.About.Name)
        {
            InputHash = ask is Ask.Start ? Hash(ask.About.InputUtf8) : null,
            Node = node,
        };
        _records.Add(answer switch
        {
            ExecutionAnswer.Started started => call with { Outcome = CallRecord.Ok, Date = started.StartDate },

            // The message may have come twice, and the first have been this very start.
            ExecutionAnswer.NameTaken taken when !taken.Holder.InputHash.Span.SequenceEqual(SHA256.HashData(ask.About.InputUtf8)) =>
                call with { Outcome = CallRecord.Fail, Error = "ExecutionAlreadyExists" },
            ExecutionAnswer.Handled { Reply: CommandReply.Done } handled => call with { Outcome = CallRecord.Ok, Date = handled.StopDate },
            Described { Row: { } row } => call with { Outcome = CallRecord.Ok, Status = StatusOf(row.Status), Date = row.StartDate },
            Described => call with { Outcome = CallRecord.Fail, Error = "ExecutionDoesNotExist" },
            _ => call,
        });
    }

    /// <summary>An execution starts another: whoever asks later finds that somebody may have.</summary>
    internal void Nested(string machine, string name, ReadOnlySpan<byte> input) => _records.Add(
        new CallRecord(NextClient(), "StartExecution", CallRecord.Info, world.Agenda.NowMs, world.Agenda.NowMs, MachineOf(machine), name) { InputHash = Hash(input) });

    /// <summary>A function is called.</summary>
    /// <returns>The number of the call.</returns>
    internal long Reached(TaskCall call)
    {
        _records.Add(new EffectRecord(
            call.Key.ToString(), EffectRecord.Called, ++_calls, SimulatedFunctions.FunctionOf(call), world.Agenda.NowMs, Idempotent: SimulatedFunctions.IsIdempotent(call)));
        return _calls;
    }

    /// <summary>A function answers.</summary>
    internal void Answers(TaskCall call, long number, TaskOutcome outcome) => _records.Add(new EffectRecord(
        call.Key.ToString(),
        EffectRecord.Answered,
        number,
        SimulatedFunctions.FunctionOf(call),
        world.Agenda.NowMs,
        outcome is TaskOutcome.Succeeded ok ? Hash(ok.Output.Span) : null,
        SimulatedFunctions.IsIdempotent(call)));

    /// <summary>Whoever has a token was told whether a word was heard. One that was kept and cut short with its branch stands nowhere.</summary>
    internal void Told(TokenAttempt attempt, TaskAsk.Say say, bool isAccepted)
    {
        if (!isAccepted || attempt.EndedBy == say.Number)
        {
            _records.Add(new AnswerRecord(
                attempt.Key.Execution.ToString(), attempt.Scheduled.Id, attempt.Token, isAccepted, say.Word.Output is { } output ? Hash(output.Span) : null));
        }
    }
}
