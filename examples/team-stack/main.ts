import { synthesize } from 'quayside';
import { SearchStack } from './search-stack';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new SearchStack(app, 'team-search', {
    account: '123456789012',
    region: 'eu-west-1',
    tags: { team: 'search' },
    maxNodes: 4,
  });
});
