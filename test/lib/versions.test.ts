import { EKS_ADD_ON_VERSIONS, KUBERNETES_VERSIONS, pinnedAddOnVersion } from '../../lib/versions';

test('every Kubernetes minor pins the same add-ons, each to a build', () => {
  const names = Object.keys(EKS_ADD_ON_VERSIONS['1.35']);
  for (const minor of KUBERNETES_VERSIONS) {
    expect(Object.keys(EKS_ADD_ON_VERSIONS[minor])).toEqual(names);
    for (const version of Object.values(EKS_ADD_ON_VERSIONS[minor])) {
      expect(version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    }
  }
});

test.each(KUBERNETES_VERSIONS)('kube-proxy for %s is of that minor', (minor) => {
  expect(pinnedAddOnVersion(minor, 'kube-proxy')).toMatch(new RegExp(`^v${minor.replace('.', '\\.')}\\.`));
});

test.each([
  ['1.29', 'coredns'],
  ['1.35', 'adot'],
])('%s of %s is not pinned', (minor, addOn) => {
  expect(pinnedAddOnVersion(minor, addOn)).toBeUndefined();
});
