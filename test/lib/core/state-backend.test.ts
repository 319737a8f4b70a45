import { remoteState, type StateBackend } from '../../../lib/core/state-backend';
import { synthStack } from '../../support/stack';

test.each<{ backend: StateBackend; config: object }>([
  { backend: { kind: 'local', directory: '/${a}' }, config: { path: '/$${a}/terraform.network.tfstate' } },
  {
    backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: '%{a}/' },
    config: { bucket: 'states', region: 'eu-west-1', key: '%%{a}/network.tfstate' },
  },
])('the text of $backend is literal where its state is read', ({ backend, config }) => {
  const { json } = synthStack((stack) => void remoteState(stack, 'network', backend, 'network'));
  expect(json.data?.['terraform_remote_state']?.['network']).toMatchObject({ config });
});
