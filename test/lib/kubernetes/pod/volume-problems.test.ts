import type { Volume } from '../../../../lib/kubernetes/pod/volume';
import { refusedWorkload, synthWorkload } from '../fixtures';

test.each<Volume>([
  { kind: 'config-map', name: 'kube-root-ca.crt' },
  { kind: 'secret', name: 'tls', mode: '0400' },
  { kind: 'secret', name: 'tls', mode: '0' },
  { kind: 'empty-dir', sizeLimit: '0.5Gi' },
  { kind: 'pvc', name: 'data.v2' },
])('%j is a volume', (volume) => {
  expect(synthWorkload({ volumes: { data: volume } }).ofType('kubernetes_deployment_v1')).toHaveLength(1);
});

test.each<[unknown, string]>([
  [
    { kind: 'secret', name: 'tls', mode: '400' },
    "volumes.data.mode must be permissions in octal with a leading zero, such as '0440', got '400'",
  ],
  [
    { kind: 'secret', name: 'tls', mode: 256 },
    "volumes.data.mode must be permissions in octal with a leading zero, such as '0440', got 256",
  ],
  [{ kind: 'secret', name: 'tls', mode: '0888' }, 'volumes.data.mode must be permissions in octal'],
  [{ kind: 'secret', name: 'tls', mode: '01777' }, "volume 'data' mode '01777' is not valid: use at most '0777'"],
  [{ kind: 'secret', name: 'TLS' }, "volume 'data': secret 'TLS' is not a valid name"],
  [{ kind: 'config-map', name: 'a_b' }, "volume 'data': config-map 'a_b' is not a valid name"],
  [{ kind: 'pvc', name: 'a b' }, "volume 'data': pvc 'a b' is not a valid name"],
  [{ kind: 'pvc' }, 'volumes.data.name is required: a string'],
  [
    { kind: 'empty-dir', sizeLimit: '10 GB' },
    "volume 'data' sizeLimit '10 GB' is not a valid quantity: write it like 256Mi",
  ],
  [
    { kind: 'empty-dir', sizeLimit: '1Gi', medium: 'ram' },
    "volumes.data.medium must be one of disk, memory, got 'ram'",
  ],
  [{ kind: 'empty', sizeLimit: '1Gi' }, "volumes.data.kind 'empty' was renamed: use 'empty-dir'"],
  [{ kind: 'nfs' }, 'volumes.data.kind must be one of config-map, secret, empty-dir, host-path, pvc, claim-template'],
  [{ kind: 'host-path', path: 'var/log' }, "volume 'data' path 'var/log' does not start with '/': write '/var/log'"],
  [{ kind: 'host-path', path: '/var/../etc' }, "volume 'data' path '/var/../etc' has '..': write the path without it"],
  [{ kind: 'empty-dir', sizeLimit: '0' }, "volume 'data' sizeLimit '0' is nothing: write it like 256Mi"],
  [{ kind: 'claim-template', size: '20' }, "volume 'data' size '20' is 20 bytes: add the unit, such as 20Gi"],
  [{ kind: 'claim-template', size: '0' }, "volume 'data' size '0' is nothing: write it like 20Gi"],
  [
    { kind: 'claim-template', size: '1Gi', storageClass: 'GP3' },
    "volume 'data' storageClass 'GP3' is not a valid name",
  ],
])('%j: %s', (volume, problem) => {
  expect(refusedWorkload({ volumes: { data: volume as Volume } })).toContain(problem);
});
