using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>
/// Takes mail from one life of a node to the node that holds a shard: to its own region first, then on to the owner that it is told of, over
/// the lines between nodes. The sender is answered once, or told nothing after a time.
/// </summary>
internal sealed class SimulatedPost(World world, NodeLife life, SimulatedNode node)
{
    /// <summary>How often mail follows the name of another owner.</summary>
    private const int MostTries = 2;

    /// <summary>How long a node waits for another's answer before it takes it for lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Sends mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="answered">Who gets the answer, or null when none has come.</param>
    internal void Send(NodeMail mail, Action<object?> answered)
    {
        if (!life.IsAlive)
            return;
        var done = false;
        world.Agenda.In(Patience, () => life.Do(() => Done(null)));
        Accept(mail, told => Follow(mail, MostTries, told, Done));

        void Done(object? told)
        {
            if (done)
                return;
            done = true;
            world.Stepped(life, "mail answered", mail.About, told?.GetType().Name ?? "nothing");
            if (life.IsAlive)
                answered(told);
        }
    }

    /// <summary>Mail has come to this node: its region has it.</summary>
    private void Accept(NodeMail mail, Action<object> answer)
    {
        world.Stepped(life, "mail", mail.About, mail.Message.GetType().Name);
        if (!life.IsAlive)
            return;
        var session = new Session(world, life, world.Answers.NextRequest(), mail.About, mail.Shard, answer);
        session.Watch();
        if (mail.Message is StartEntity start)
            node.Region.Tell(start, session);
        else
            node.Region.Tell((ToEntity)mail.Message, session);
    }

    /// <summary>Hands an answer on, or goes to the node that it names.</summary>
    private void Follow(NodeMail mail, int tries, object told, Action<object?> answered)
    {
        if (told is not NotOwner notOwner || tries == 0 || world.NodeAt(notOwner) is not { } owner || owner.Index == life.Node)
        {
            answered(told);
            return;
        }

        world.Faults.Passed(Landmark.MailForwarded);
        var isFirst = true;
        world.Network.Send(
            life.Node,
            owner.Index,
            () => owner.Enter(there => there.Post.Accept(mail, heard => world.Network.Send(
                owner.Index,
                life.Node,
                () => life.Do(() =>
                {
                    if (!isFirst)
                        return;
                    isFirst = false;
                    Follow(mail, tries - 1, heard, answered);
                }),
                FaultKind.MailAnswerLost,
                FaultKind.MessageTwice))),
            mail.Lost,
            mail.Twice);
    }
}
