'use strict';
// The order story: a machine is created, described, listed and updated; its executions run, wait, are stopped and listed; it is deleted.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const ORDER = {
  StartAt: 'Validate',
  States: {
    Validate: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:echo-validate', ResultPath: '$.validated', Next: 'In stock?' },
    'In stock?': { Type: 'Choice', Choices: [{ Variable: '$.quantity', NumericGreaterThan: 0, Next: 'Charge' }], Default: 'Out of stock' },
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'echo-charge', Payload: { 'amount.$': '$.amount' } },
      ResultSelector: { 'amount.$': '$.Payload.amount' },
      ResultPath: '$.paid',
      Next: 'Pack',
    },
    Pack: { Type: 'Wait', SecondsPath: '$.packing', Next: 'Shipped' },
    Shipped: { Type: 'Pass', Parameters: { 'orderId.$': '$.orderId', 'paid.$': '$.paid.amount' }, End: true },
    'Out of stock': { Type: 'Fail', Error: 'OutOfStock', Cause: 'Nothing is left.' },
  },
};
const TYPES = [
  'ExecutionStarted',
  'TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited',
  'ChoiceStateEntered', 'ChoiceStateExited',
  'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited',
  'WaitStateEntered', 'WaitStateExited',
  'PassStateEntered', 'PassStateExited',
  'ExecutionSucceeded',
];

const order = (number, quantity, packing) => JSON.stringify({ orderId: `Größe-${number}-漢字`, quantity, amount: 12.5, packing });

module.exports = async client => {
  const definition = JSON.stringify(ORDER);
  const name = `${check.PREFIX}-orders`;
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand({ name, definition, roleArn: check.ROLE }));
  const described = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  assert.deepEqual([described.name, described.definition, described.status, described.type], [name, definition, 'ACTIVE', 'STANDARD']);
  const { stateMachines } = await client.send(new sfn.ListStateMachinesCommand({}));
  assert.ok(stateMachines.some(machine => machine.stateMachineArn === stateMachineArn), 'the machine is not listed');

  const start = async (name, input) => (await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name, input }))).executionArn;
  const paid = await start('paid', order(1, 2, 1));
  const held = await start('held', order(2, 1, 600));
  assert.equal(await start('held', order(2, 1, 600)), held, 'the same name and input once more');
  const none = await start('none', order(3, 0, 1));

  const told = await check.ended(client, paid);
  assert.equal(told.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(told.output), { orderId: 'Größe-1-漢字', paid: 12.5 });
  assert.ok(told.startDate < told.stopDate, 'a date of end after that of start');
  const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn: paid }));
  assert.deepEqual(events.map(event => event.type), TYPES);
  assert.deepEqual(events.map(event => event.id), TYPES.map((_, at) => at + 1));
  assert.equal(JSON.parse(events[9].taskScheduledEventDetails.parameters).FunctionName, 'echo-charge');
  const failed = await check.ended(client, none);
  assert.deepEqual([failed.status, failed.error, failed.cause], ['FAILED', 'OutOfStock', 'Nothing is left.']);

  await check.until('the held order waits',
    () => client.send(new sfn.GetExecutionHistoryCommand({ executionArn: held, reverseOrder: true, maxResults: 1 })),
    page => page.events[0].type === 'WaitStateEntered');
  await client.send(new sfn.StopExecutionCommand({ executionArn: held, error: 'Withdrawn', cause: 'The customer changed his mind.' }));
  const stopped = await client.send(new sfn.DescribeExecutionCommand({ executionArn: held }));
  assert.deepEqual([stopped.status, stopped.error, stopped.cause], ['ABORTED', 'Withdrawn', 'The customer changed his mind.']);
  for (const [statusFilter, names] of [['SUCCEEDED', ['paid']], ['FAILED', ['none']], ['ABORTED', ['held']], ['RUNNING', []]]) {
    const { executions } = await client.send(new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter }));
    assert.deepEqual(executions.map(execution => execution.name), names, `the executions that are ${statusFilter}`);
  }

  const changed = JSON.stringify({ ...ORDER, Comment: 'Changed.' });
  await client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition: changed }));
  assert.equal((await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }))).definition, changed);
  const ran = await client.send(new sfn.DescribeStateMachineForExecutionCommand({ executionArn: paid }));
  assert.equal(ran.definition, definition, 'the definition as it ran');
  await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  await check.refused(client, 'StateMachineDoesNotExist', new sfn.DescribeStateMachineCommand({ stateMachineArn }));
};
