using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>Tasks with a token, in the journal and in snapshots, wherever they stand.</summary>
public sealed class TokenCodecTests
{
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:approve";
    private const string Callback = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    private const string Token = "token of :1:0";

    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    public static TheoryData<string, ExecutionCommand[], ScopePhase[]> Stories() => new()
    {
        {
            Machine(Activity, ""),
            [
                new ExecutionCommand.StartActivity("", 1, 0, "w"),
                new ExecutionCommand.Heartbeat("", 1, 0, Token),
                new ExecutionCommand.EndTask("", 1, 0, Token, TaskWord.Success("1"u8.ToArray())),
            ],
            [ScopePhase.Pending, ScopePhase.Delegated]
        },
        {
            Machine(Callback, Parameters),
            [
                new ExecutionCommand.CompleteTask("", 1, 0, "{}"u8.ToArray()),
                new ExecutionCommand.EndTask("", 1, 0, Token, TaskWord.Failure("E", "C")),
            ],
            [ScopePhase.Calling, ScopePhase.Delegated]
        },
        {
            Machine(Callback, Parameters),
            [
                new ExecutionCommand.EndTask("", 1, 0, Token, TaskWord.Success("[2]"u8.ToArray())),
                new ExecutionCommand.CompleteTask("", 1, 0, "{}"u8.ToArray()),
            ],
            [ScopePhase.Calling]
        },
    };

    private static string Parameters => ",\"Parameters\":{\"FunctionName\":\"f\",\"Payload\":{\"t.$\":\"$$.Task.Token\"}}";

    [Theory]
    [MemberData(nameof(Stories))]
    public void Journal_and_snapshot_read_back_as_the_live_execution(string machine, ExecutionCommand[] story, ScopePhase[] phases)
    {
        var definition = DefinitionParser.Parse(System.Text.Encoding.UTF8.GetBytes(machine)).Definition!;
        var folded = Execution.Empty(definition);
        var live = folded;
        var seen = new HashSet<ScopePhase>();
        var now = 1_790_000_000_000;
        foreach (var command in story.Prepend(new ExecutionCommand.Start(EventWriterTests.Start(revision: null), Payload.OfText("{}"u8.ToArray()))))
        {
            var decision = ExecutionDecider.Decide(live, command, new DecisionContext(now += 1_000, 1, Limits.Default));
            Assert.Equal(CommandReply.Done, decision.Reply);
            live = decision.Execution;
            folded = Codec.Fold(folded, Codec.Encode(decision.Events));
            Assert.Equal(live, folded);
            if (live.IsClosed)
                continue;
            seen.Add(live.Root!.Phase);
            Assert.Equal(live, SnapshotCodec.TryDecode(SnapshotCodec.Encode(live), definition));
        }

        Assert.True(live.IsClosed);
        Assert.Equal(phases.Order(), seen.Order());
    }

    private static string Machine(string resource, string more) =>
        $"{{\"StartAt\":\"T\",\"States\":{{\"T\":{{\"Type\":\"Task\",\"Resource\":\"{resource}\",\"HeartbeatSeconds\":60{more},\"End\":true}}}}}}";
}
