'use strict';
// Tags of machines and activities.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const PASS = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });

module.exports = async client => {
  const name = `${check.PREFIX}-tags`;
  const { stateMachineArn: machine } = await client.send(new sfn.CreateStateMachineCommand(
    { name, definition: PASS, roleArn: check.ROLE, tags: [{ key: 'team', value: 'orders' }, { key: 'stage', value: 'test' }] }));
  const { activityArn: activity } = await client.send(new sfn.CreateActivityCommand({ name, tags: [{ key: 'team', value: 'orders' }] }));
  const tags = async resourceArn =>
    Object.fromEntries((await client.send(new sfn.ListTagsForResourceCommand({ resourceArn }))).tags.map(tag => [tag.key, tag.value]));

  assert.deepEqual(await tags(machine), { team: 'orders', stage: 'test' });
  assert.deepEqual(await tags(activity), { team: 'orders' });
  await client.send(new sfn.TagResourceCommand({ resourceArn: machine, tags: [{ key: 'team', value: 'größe' }, { key: 'cost', value: '' }] }));
  await client.send(new sfn.UntagResourceCommand({ resourceArn: machine, tagKeys: ['stage', 'none'] }));
  assert.deepEqual(await tags(machine), { team: 'größe', cost: '' });
  const many = Array.from({ length: 50 }, (_, number) => ({ key: `k${number}`, value: 'v' }));
  await check.refused(client, 'TooManyTags', new sfn.TagResourceCommand({ resourceArn: machine, tags: many }));
  const resourceArn = machine.replace(name, 'none');
  await check.refused(client, 'ResourceNotFound', new sfn.ListTagsForResourceCommand({ resourceArn }));
  await check.refused(client, 'ResourceNotFound', new sfn.TagResourceCommand({ resourceArn, tags: many.slice(1, 2) }));
  await check.refused(client, 'ResourceNotFound', new sfn.UntagResourceCommand({ resourceArn, tagKeys: ['k'] }));
  await check.refused(client, 'InvalidArn', new sfn.ListTagsForResourceCommand({ resourceArn: 'no-arn' }));
};
