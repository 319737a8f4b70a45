import { toApiServer } from '../../../lib/platform/api-server';
import { testFacts } from '../../support/platform';

test('covers the Service of the API server and its endpoints', () => {
  expect(toApiServer(testFacts())).toEqual({
    peers: [{ cidr: '172.20.0.1/32' }, { cidr: '10.20.0.0/28' }, { cidr: '10.20.0.16/28' }],
    ports: [443],
  });
});
