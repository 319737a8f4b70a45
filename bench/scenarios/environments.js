'use strict';
// Production's infrastructure, as often as asked: copies with a name and an address range of their own.
const { Environment, synthesize } = require('../..');
const { production } = require('../../dist/stacks/environments/production');

const count = Number(process.argv[2]);
synthesize({}, (app) => {
  for (let index = 0; index < count; index += 1) {
    new Environment(app, { ...production, name: `production${index || ''}`, cidr: `10.${index}.0.0/16` });
  }
});
