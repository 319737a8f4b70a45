import { addSharedStack, Environment, synthesize } from 'quayside';
import { production } from './environments/production';
import { staging } from './environments/staging';
import { shared } from './shared';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  addSharedStack(app, shared);
  new Environment(app, staging);
  new Environment(app, production);
});
