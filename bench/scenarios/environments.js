'use strict';
// The given number of copies of production, each with its own name, domain and CIDR block.
const { Environment, synthesize } = require('../..');
const { production } = require('../../dist/stacks/environments/production');

const count = Number(process.argv[2]);
synthesize({}, (app) => {
  for (let index = 0; index < count; index += 1) {
    const name = `production${index || ''}`;
    new Environment(app, { ...production, name, domain: `${name}.example.com`, cidr: `10.${index}.0.0/16` });
  }
});
