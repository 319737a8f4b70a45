import { discoveryTags, nodeTemplateTags } from '../../../lib/cluster/node-tags';

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

test('the node template describes a node to the autoscaler', () => {
  const tags = nodeTemplateTags({
    zone: 'eu-west-1a',
    labels: { pool: 'apps' },
    taints: [
      { key: 'pool', value: 'apps', effect: 'NoExecute' },
      { key: 'pool', value: 'apps', effect: 'NoSchedule' },
      { key: 'bare', effect: 'NoSchedule' },
    ],
    diskGib: 50,
  });
  expect(tags).toEqual({
    [`${TEMPLATE}/label/pool`]: 'apps',
    [`${TEMPLATE}/label/topology.ebs.csi.aws.com/zone`]: 'eu-west-1a',
    // One tag per key: the strictest effect.
    [`${TEMPLATE}/taint/pool`]: 'apps:NoExecute',
    [`${TEMPLATE}/taint/bare`]: ':NoSchedule',
    [`${TEMPLATE}/resources/ephemeral-storage`]: '50Gi',
  });
});

test('a zone given by its id gets no zone label: nodes are labelled with zone names', () => {
  expect(nodeTemplateTags({ zone: 'euw1-az1', labels: {}, taints: [], diskGib: 20 })).toEqual({
    [`${TEMPLATE}/resources/ephemeral-storage`]: '20Gi',
  });
});

test('a group across several zones gets no zone label', () => {
  expect(nodeTemplateTags({ labels: {}, taints: [], diskGib: 20 })).toEqual({
    [`${TEMPLATE}/resources/ephemeral-storage`]: '20Gi',
  });
});

test('self-managed groups are discovered by their cluster', () => {
  expect(discoveryTags('production')).toEqual({
    'kubernetes.io/cluster/production': 'owned',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    'k8s.io/cluster-autoscaler/production': 'owned',
  });
});
