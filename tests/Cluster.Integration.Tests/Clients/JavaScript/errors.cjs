'use strict';
// Every error of the operations on machines and executions comes as the class that the client has for it.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

const PASS = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const WAIT = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 600, End: true } } });
const ACCOUNT = 'arn:aws:states:us-east-1:123456789012:';
const NO_MACHINE = `${ACCOUNT}stateMachine:none`;
const NO_EXECUTION = `${ACCOUNT}execution:none:one`;

module.exports = async client => {
  const refused = (name, operation, input) => check.refused(client, name, new sfn[`${operation}Command`](input));
  const create = { name: `${check.PREFIX}-errors`, definition: WAIT, roleArn: check.ROLE };
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand(create));
  await refused('InvalidName', 'CreateStateMachine', { ...create, name: 'no spaces' });
  await refused('InvalidDefinition', 'CreateStateMachine', { ...create, definition: '{"StartAt": "A", "States": {}}' });
  await refused('InvalidArn', 'CreateStateMachine', { ...create, roleArn: 'no-arn' });
  await refused('StateMachineAlreadyExists', 'CreateStateMachine', { ...create, definition: PASS });
  await refused('InvalidLoggingConfiguration', 'CreateStateMachine', { ...create, name: `${create.name}-2`, loggingConfiguration: { level: 'ALL' } });
  const tags = Array.from({ length: 51 }, (_, number) => ({ key: `k${number}`, value: 'v' }));
  await refused('TooManyTags', 'CreateStateMachine', { ...create, name: `${create.name}-3`, tags });
  await refused('ValidationException', 'CreateStateMachine', { ...create, name: 'x'.repeat(81) });
  await refused('MissingRequiredParameter', 'UpdateStateMachine', { stateMachineArn });
  await refused('InvalidDefinition', 'UpdateStateMachine', { stateMachineArn, definition: '[' });
  await refused('StateMachineDoesNotExist', 'UpdateStateMachine', { stateMachineArn: NO_MACHINE, definition: PASS });
  await refused('StateMachineDoesNotExist', 'DescribeStateMachine', { stateMachineArn: NO_MACHINE });
  await refused('InvalidArn', 'DescribeStateMachine', { stateMachineArn: 'arn:aws:nothing' });
  await refused('InvalidArn', 'DeleteStateMachine', { stateMachineArn: 'no-arn' });

  await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' }));
  await refused('ExecutionAlreadyExists', 'StartExecution', { stateMachineArn, name: 'one', input: '{"another": true}' });
  await refused('InvalidExecutionInput', 'StartExecution', { stateMachineArn, input: "{'a': 1}" });
  await refused('InvalidName', 'StartExecution', { stateMachineArn, name: 'no*stars' });
  await refused('InvalidArn', 'StartExecution', { stateMachineArn: 'no-arn' });
  await refused('StateMachineDoesNotExist', 'StartExecution', { stateMachineArn: NO_MACHINE });
  for (const operation of ['DescribeExecution', 'StopExecution', 'GetExecutionHistory', 'DescribeStateMachineForExecution'])
    await refused('ExecutionDoesNotExist', operation, { executionArn: NO_EXECUTION });
  await refused('InvalidArn', 'StopExecution', { executionArn: 'no-arn' });
  await refused('InvalidToken', 'ListExecutions', { stateMachineArn, nextToken: 'forged' });
  await refused('InvalidToken', 'ListStateMachines', { nextToken: 'forged' });
  await refused('ValidationException', 'ListExecutions', { stateMachineArn, maxResults: 1001 });
  await refused('StateMachineDoesNotExist', 'ListExecutions', { stateMachineArn: NO_MACHINE });

  const stranger = new sfn.SFNClient({ credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'another' } });
  await assert.rejects(stranger.send(new sfn.ListStateMachinesCommand({})), { name: 'InvalidSignatureException' });
};
