'use strict';
// Pagination by the client's own paginators: 2,500 executions and a history of 3,000 events, which the test has made.
const assert = require('node:assert/strict');
const { paginateListExecutions, paginateGetExecutionHistory } = require('@aws-sdk/client-sfn');

module.exports = async client => {
  const executions = [];
  for await (const page of paginateListExecutions({ client, pageSize: 100 }, { stateMachineArn: process.env.CLUSTER_MANY }))
    executions.push(...page.executions);
  assert.equal(executions.length, 2_500);
  assert.deepEqual(new Set(executions.map(execution => execution.name)), new Set(Array.from({ length: 2_500 }, (_, number) => `number-${number}`)));
  assert.ok(executions[0].startDate > executions[2_499].startDate, 'the newest are not first');

  const events = [];
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 500 }, { executionArn: process.env.CLUSTER_LONG }))
    events.push(...page.events);
  assert.deepEqual(events.map(event => event.id), Array.from({ length: 3_000 }, (_, at) => at + 1));
  assert.deepEqual([events[0].type, events[2_999].type], ['ExecutionStarted', 'ExecutionSucceeded']);
};
