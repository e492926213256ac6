'use strict';
// What the stories are judged by, and what they wait with.
const assert = require('node:assert/strict');
const sfn = require('@aws-sdk/client-sfn');

const PATIENCE = 30_000; // milliseconds
const POLL_EVERY = 100; // milliseconds

/** The call fails as an instance of the class of this name. */
async function refused(client, name, command) {
  let answer;
  try {
    answer = await client.send(command);
  } catch (error) {
    assert.equal(error.name, name, `the error of ${command.constructor.name} (${error.message})`);
    assert.ok(error instanceof sfn[name], `${name} is no instance of its class`);
    return error.message;
  }
  assert.fail(`${command.constructor.name} should fail with ${name}, and answered ${JSON.stringify(answer)}`);
}

/** Asks until the answer fits; the answer. */
async function until(what, ask, fits) {
  for (const end = Date.now() + PATIENCE; ;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    assert.ok(Date.now() < end, `${what}: not within ${PATIENCE} ms; the last answer was ${JSON.stringify(answer)}`);
    await new Promise(resolve => setTimeout(resolve, POLL_EVERY));
  }
}

/** Waits for the end of an execution; its description. */
const ended = (client, executionArn) => until(`the end of ${executionArn}`,
  () => client.send(new sfn.DescribeExecutionCommand({ executionArn })), told => told.status !== 'RUNNING');

module.exports = { refused, until, ended, PREFIX: process.env.CLUSTER_PREFIX, ROLE: 'arn:aws:iam::123456789012:role/any' };
