using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal;

/// <summary>The bounds and the words of the register that all stores share.</summary>
internal static class RegisterLimits
{
    /// <summary>How long after its lease has run out a node without shards is still shown; then it is taken out at somebody's next take.</summary>
    public static readonly TimeSpan ForgetNodesAfter = TimeSpan.FromHours(1);

    /// <summary>The log's reason when all shards were taken, whoever had them.</summary>
    public const string AcquiredAll = "taken by the only node";

    /// <summary>The log's reason of a hand-over.</summary>
    public const string HandedOver = "handed over";

    /// <summary>The log's reason when a node left with shards.</summary>
    public const string FreedByLeaving = "freed by a node that left";

    /// <summary>Who asks.</summary>
    public static long AskerOf(RegisterRequest request) => request switch
    {
        RegisterRequest.Renew renew => renew.Me.Incarnation,
        RegisterRequest.Take take => take.Incarnation,
        RegisterRequest.HandOver handOver => handOver.From,
        RegisterRequest.Leave leave => leave.Incarnation,
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "No such request."),
    };
}
