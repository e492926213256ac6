'use strict';
// Tells one story: node story.cjs NAME. It ends with 0 if all of it holds, else says what does not.
const { SFNClient } = require('@aws-sdk/client-sfn');

require(`./${process.argv[2]}.cjs`)(new SFNClient({})).then(
  () => console.log('told'),
  error => { console.error(error); process.exitCode = 1; });
