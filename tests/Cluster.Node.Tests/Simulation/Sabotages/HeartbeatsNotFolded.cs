using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Encoding.Wire;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Google.Protobuf;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>An execution that is read back has forgotten the heartbeats that it has heard.</summary>
internal sealed class HeartbeatsNotFolded : Sabotage
{
    internal override IExecutionJournal Store(IExecutionJournal store, World world) => new Forgetful(store);

    private sealed class Forgetful(IExecutionJournal store) : JournalDecorator(store)
    {
        public override void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => Inner.Load(id, fromSnapshot, new Without(reply));
    }

    private sealed class Without(ILoadReply reply) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution) => reply.Loaded(
            id, execution is null ? null : execution with { Rows = [.. execution.Rows.Select(Thin)] });

        public void LoadFailed(ExecutionId id, Exception reason) => reply.LoadFailed(id, reason);

        private static JournalRow Thin(JournalRow row)
        {
            var batch = EventCodec.Read(row.Events);
            for (var i = batch.Events.Count - 1; i >= 0; i--)
            {
                if (batch.Events[i].WhatCase == Event.WhatOneofCase.TaskHeartbeat)
                    batch.Events.RemoveAt(i);
            }

            return row with { Events = batch.ToByteArray() };
        }
    }
}
