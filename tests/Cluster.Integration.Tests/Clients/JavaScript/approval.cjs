'use strict';
// An approval: a function hands a task's token out, and whoever has it ends the task.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const Ask = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Parameters: { FunctionName: 'ask-approval', Payload: { 'key.$': '$$.Execution.Id', 'token.$': '$$.Task.Token' } },
  TimeoutSeconds: 300,
  ResultPath: '$.approval',
  End: true,
};

/** The token that the function was given; the answer comes once it was. */
const tokenOf = async key => (await fetch(`${process.env.CLUSTER_HOOKS}/token`, { method: 'POST', body: JSON.stringify({ key }) })).json();

module.exports = async client => {
  const create = { name: `${check.PREFIX}-approval`, definition: JSON.stringify({ StartAt: 'Ask', States: { Ask } }), roleArn: check.ROLE };
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand(create));
  const start = async order => {
    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: order, input: JSON.stringify({ order }) }));
    return [executionArn, await tokenOf(executionArn)];
  };

  let [executionArn, taskToken] = await start('approved');
  const middle = taskToken.length >> 1;
  const forged = taskToken.slice(0, middle) + (taskToken[middle] === 'A' ? 'B' : 'A') + taskToken.slice(middle + 1);
  await check.refused(client, 'InvalidToken', new sfn.SendTaskSuccessCommand({ taskToken: forged, output: '{}' }));
  await check.refused(client, 'InvalidToken', new sfn.SendTaskHeartbeatCommand({ taskToken: 'forged' }));
  await check.refused(client, 'InvalidOutput', new sfn.SendTaskSuccessCommand({ taskToken, output: 'yes' }));
  await client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
  await client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: '{"by": "Ada"}' }));
  let told = await check.ended(client, executionArn);
  assert.equal(told.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(told.output), { order: 'approved', approval: { by: 'Ada' } });
  const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
  assert.deepEqual(events.slice(2, 6).map(event => event.type), ['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  await check.refused(client, 'TaskTimedOut', new sfn.SendTaskFailureCommand({ taskToken, error: 'Late' }));

  [executionArn, taskToken] = await start('rejected');
  await client.send(new sfn.SendTaskFailureCommand({ taskToken, error: 'Rejected', cause: 'Too dear.' }));
  told = await check.ended(client, executionArn);
  assert.deepEqual([told.status, told.error, told.cause], ['FAILED', 'Rejected', 'Too dear.']);

  [executionArn, taskToken] = await start('withdrawn');
  await client.send(new sfn.StopExecutionCommand({ executionArn }));
  await check.refused(client, 'TaskTimedOut', new sfn.SendTaskSuccessCommand({ taskToken, output: '{}' }));
};
