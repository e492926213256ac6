using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The door of one life of a node: takes what clients ask to its own shards, and on to the node that is named where another holds the
/// shard; reads it answers from the store.
/// </summary>
internal sealed class Front(World world, NodeLife life, SimulatedNode node)
{
    /// <summary>How often a request follows the name of another owner.</summary>
    private const int MostTries = 2;

    internal void Serve(Ask ask, Action<object> answer)
    {
        world.Stepped(life, "serve", ask.About.Name, ask.GetType().Name);
        if (!life.IsAlive)
            return;
        switch (ask)
        {
            case Ask.Start start:
                world.Answers.Came(start.About, life);
                Route(ask, entity: null, MostTries, answer);
                break;
            case Ask.Stop stop:
                Read(stop.About, answer, row =>
                {
                    if (row is null)
                        answer(new ExecutionAnswer.Unknown());
                    else
                        Route(ask, row, MostTries, answer);
                });
                break;
            default:
                Read(ask.About, answer, row => answer(new Described(row)));
                break;
        }
    }

    /// <summary>To the region of this node.</summary>
    internal void Accept(Ask ask, ExecutionRow? entity, Action<object> answer)
    {
        var number = world.Answers.NextRequest();
        var session = new Session(world, life, number, entity?.Id.ToString() ?? ask.About.Name, ShardOf(ask, entity), told =>
        {
            world.Answers.Told(ask, entity, number, told, life);
            answer(told);
        });
        session.Watch();
        if (entity is null)
            node.Region.Tell(ask.About.Message(number), session);
        else
            node.Region.Tell(new ToEntity(entity.Id, new RunCommand(new ExecutionCommand.Stop("Enough", "The client lost interest"))), session);
    }

    private int ShardOf(Ask ask, ExecutionRow? entity)
    {
        var bucket = entity?.Id.Bucket ?? Buckets.Of(Workload.Account, Workload.Region, ask.About.Machine.Name, ask.About.Name);
        return ShardRange.IndexOf(bucket, world.Store.ShardCount);
    }

    private void Route(Ask ask, ExecutionRow? entity, int tries, Action<object> answer) =>
        Accept(ask, entity, told => Follow(ask, entity, tries, told, answer));

    /// <summary>Hands an answer on, or goes to the node that it names.</summary>
    private void Follow(Ask ask, ExecutionRow? entity, int tries, object told, Action<object> answer)
    {
        if (told is not NotOwner notOwner || tries == 0 || world.NodeAt(notOwner) is not { } owner || owner.Index == life.Node)
        {
            answer(told);
            return;
        }

        world.Faults.Passed(Landmark.NotOwnerFollowed);
        var answered = false;
        world.Network.Send(life.Node, owner.Index, () => owner.Enter(there => there.Front.Accept(ask, entity, heard =>
            world.Network.Send(owner.Index, life.Node, () => life.Do(() =>
            {
                if (answered)
                    return;
                answered = true;
                world.Stepped(life, "forwarded", ask.About.Name, heard.GetType().Name);
                if (life.IsAlive)
                    Follow(ask, entity, tries - 1, heard, answer);
            })))));
    }

    private void Read(ClientStart about, Action<object> answer, Action<ExecutionRow?> read) =>
        world.Agenda.In(world.Network.Travel() + world.StallTime, () =>
        {
            if (world.Network.IsCut(life.Node, Network.Store) || world.Network.IsCut(Network.Store, life.Node))
            {
                life.Do(() => answer(new ExecutionAnswer.Unavailable("The store cannot be read.")));
                return;
            }

            var row = World.Now(world.Store.FindAsync(Workload.Account, Workload.Region, about.Machine.Name, about.Name, CancellationToken.None));
            world.Agenda.In(world.Network.Travel(), () => life.Do(() => read(row)));
        });
}
