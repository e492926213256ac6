'use strict';
// What Terraform asks for a state machine, in its order: validate, create, read, update, tag, delete, read until it is gone.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const ORDERS = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

module.exports = async client => {
  const definition = JSON.stringify(ORDERS);
  let told = await client.send(new sfn.ValidateStateMachineDefinitionCommand({ definition, type: 'STANDARD' }));
  assert.deepEqual([told.result, told.diagnostics], ['OK', []]);
  told = await client.send(new sfn.ValidateStateMachineDefinitionCommand(
    { definition: '{"StartAt": "B", "States": {"A": {"Type": "Pass", "End": true}}}', severity: 'ERROR' }));
  assert.deepEqual([told.result, told.diagnostics[0].severity], ['FAIL', 'ERROR']);

  const create = {
    name: `${check.PREFIX}-terraform`, definition, roleArn: check.ROLE, type: 'STANDARD', publish: false,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    tags: [{ key: 'team', value: 'orders' }],
  };
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand(create));
  const read = async () => {
    const described = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    const { stateMachineVersions } = await client.send(new sfn.ListStateMachineVersionsCommand({ stateMachineArn }));
    assert.deepEqual(stateMachineVersions, []);
    const { tags } = await client.send(new sfn.ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
    return [described, Object.fromEntries(tags.map(tag => [tag.key, tag.value]))];
  };

  let [described, tags] = await read();
  for (const key of ['name', 'definition', 'roleArn', 'type', 'loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'])
    assert.deepEqual(described[key], create[key], `${key} as it was written`);
  assert.deepEqual(tags, { team: 'orders' });

  const changed = JSON.stringify({ ...ORDERS, Comment: 'Changed.' });
  const roleArn = `${check.ROLE}-2`;
  await client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition: changed, roleArn, loggingConfiguration: create.loggingConfiguration }));
  await client.send(new sfn.TagResourceCommand({ resourceArn: stateMachineArn, tags: [{ key: 'stage', value: 'test' }] }));
  await client.send(new sfn.UntagResourceCommand({ resourceArn: stateMachineArn, tagKeys: ['team'] }));
  [described, tags] = await read();
  assert.deepEqual([described.definition, described.roleArn, tags], [changed, roleArn, { stage: 'test' }]);

  await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  await check.refused(client, 'StateMachineDoesNotExist', new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
};
