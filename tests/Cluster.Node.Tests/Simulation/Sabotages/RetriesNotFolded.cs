using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Encoding.Wire;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Google.Protobuf;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>An execution that is read back has forgotten its retries, but for one that it still waits for.</summary>
internal sealed class RetriesNotFolded : Sabotage
{
    internal override IExecutionJournal Store(IExecutionJournal store, World world) => new Forgetful(store);

    private sealed class Forgetful(IExecutionJournal store) : JournalDecorator(store)
    {
        public override void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => Inner.Load(id, fromSnapshot, new Without(reply));
    }

    private sealed class Without(ILoadReply reply) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution) => reply.Loaded(
            id, execution is null ? null : execution with { Rows = Thin(execution.Rows) });

        public void LoadFailed(ExecutionId id, Exception reason) => reply.LoadFailed(id, reason);

        private static IReadOnlyList<JournalRow> Thin(IReadOnlyList<JournalRow> rows)
        {
            var thin = new JournalRow[rows.Count];
            var goneOn = new HashSet<string>(StringComparer.Ordinal);
            for (var i = rows.Count - 1; i >= 0; i--)
            {
                var batch = EventCodec.Read(rows[i].Events);
                for (var n = batch.Events.Count - 1; n >= 0; n--)
                {
                    if (!goneOn.Add(batch.Events[n].Scope) && batch.Events[n].WhatCase == Event.WhatOneofCase.RetryScheduled)
                        batch.Events.RemoveAt(n);
                }

                thin[i] = rows[i] with { Events = batch.ToByteArray() };
            }

            return thin;
        }
    }
}
