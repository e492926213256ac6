'use strict';
// An activity has 1,000 places for workers that poll; the test holds them all.
const { GetActivityTaskCommand } = require('@aws-sdk/client-sfn');
const check = require('./check.cjs');

module.exports = client =>
  check.refused(client, 'ActivityWorkerLimitExceeded', new GetActivityTaskCommand({ activityArn: process.env.CLUSTER_CROWD }));
