'use strict';
// An activity and its worker: tasks are polled for, kept alive by heartbeats, answered, failed, and left alone until they time out.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const NONE = 'arn:aws:states:us-east-1:123456789012:activity:none';
const WORKER = `worker of ${check.PREFIX}`;

module.exports = async client => {
  const name = `${check.PREFIX}-pack`;
  const { activityArn } = await client.send(new sfn.CreateActivityCommand({ name }));
  assert.equal((await client.send(new sfn.CreateActivityCommand({ name }))).activityArn, activityArn, 'the same activity once more');
  assert.equal((await client.send(new sfn.DescribeActivityCommand({ activityArn }))).name, name);
  const listed = [];
  for await (const page of sfn.paginateListActivities({ client, pageSize: 100 }, {})) listed.push(...page.activities);
  assert.ok(listed.some(activity => activity.activityArn === activityArn), 'the activity is not listed');
  const Pack = { Type: 'Task', Resource: activityArn, TimeoutSeconds: 300, HeartbeatSecondsPath: '$.heartbeat', ResultPath: '$.packed', End: true };
  const definition = JSON.stringify({ StartAt: 'Pack', States: { Pack } });
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand({ name, definition, roleArn: check.ROLE }));

  const start = async (order, heartbeat) => (await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, name: order, input: JSON.stringify({ order, heartbeat }) }))).executionArn;
  const work = async order => {
    const task = await client.send(new sfn.GetActivityTaskCommand({ activityArn, workerName: WORKER }));
    assert.equal(JSON.parse(task.input).order, order);
    return task.taskToken;
  };

  const polled = work('packed');
  await new Promise(resolve => setTimeout(resolve, 500)); // The poll should be out before there is a task.
  const packed = await start('packed', 60);
  let taskToken = await polled;
  await client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
  await check.refused(client, 'InvalidOutput', new sfn.SendTaskSuccessCommand({ taskToken, output: '{' }));
  await client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: '{"boxes": 2}' }));
  let told = await check.ended(client, packed);
  assert.equal(told.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(told.output).packed, { boxes: 2 });
  const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn: packed }));
  assert.deepEqual(events.map(event => event.type).filter(type => type.includes('Activity')), ['ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded']);
  assert.equal(events[3].activityStartedEventDetails.workerName, WORKER);
  await check.refused(client, 'TaskTimedOut', new sfn.SendTaskSuccessCommand({ taskToken, output: '{}' }));

  const broken = await start('broken', 60);
  await client.send(new sfn.SendTaskFailureCommand({ taskToken: await work('broken'), error: 'Broken', cause: 'The box fell.' }));
  told = await check.ended(client, broken);
  assert.deepEqual([told.status, told.error, told.cause], ['FAILED', 'Broken', 'The box fell.']);

  const silent = await start('silent', 1);
  taskToken = await work('silent');
  told = await check.ended(client, silent);
  assert.deepEqual([told.status, told.error], ['FAILED', 'States.Timeout']);
  await check.refused(client, 'TaskTimedOut', new sfn.SendTaskHeartbeatCommand({ taskToken }));

  await client.send(new sfn.DeleteActivityCommand({ activityArn }));
  await check.refused(client, 'ActivityDoesNotExist', new sfn.DescribeActivityCommand({ activityArn }));
  await check.refused(client, 'ActivityDoesNotExist', new sfn.GetActivityTaskCommand({ activityArn: NONE }));
  await check.refused(client, 'InvalidName', new sfn.CreateActivityCommand({ name: 'no spaces' }));
  const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' };
  await client.send(new sfn.CreateActivityCommand({ name }));
  await check.refused(client, 'ActivityAlreadyExists', new sfn.CreateActivityCommand({ name, encryptionConfiguration }));
  await check.refused(client, 'InvalidArn', new sfn.DescribeActivityCommand({ activityArn: 'no-arn' }));
  const tags = Array.from({ length: 51 }, (_, number) => ({ key: `k${number}`, value: 'v' }));
  await check.refused(client, 'TooManyTags', new sfn.CreateActivityCommand({ name: `${name}-2`, tags }));
};
