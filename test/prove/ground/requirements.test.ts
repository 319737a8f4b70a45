import { findRequirements } from '../../../prove/ground/requirements';

test('one line says what is missing and where to put it', () => {
  const { missing } = findRequirements({ PATH: '/nowhere' });
  expect(missing).toMatch(
    /^prove needs traefik, etcd, kube-apiserver.*: put them on PATH or into the folders of QUAYSIDE_CONTROL_PLANE$/,
  );
});
