'use strict';
// Both layers of production in one stack, not for deployment: a single graph shows that everything in the cluster is
// created after nodes, NAT and routes, and destroyed before them. Writes cdktf.out to the working directory.
const path = require('node:path');
const { Construct } = require('constructs');
const { KubernetesProvider } = require('@cdktf/provider-kubernetes/lib/provider');

const dist = path.join(__dirname, '..', 'dist');
const { InfrastructureStack, synthesize } = require(path.join(dist, 'lib'));
const { ClusterServices } = require(path.join(dist, 'lib/platform/cluster-services'));
const { installPlatform } = require(path.join(dist, 'lib/platform/install'));
const { production } = require(path.join(dist, 'stacks/environments/production'));

synthesize({}, (app) => {
  const stack = new InfrastructureStack(app, 'one-stack', production);
  const { facts, network: vpc, cluster, zone, nodeGroups } = stack;
  new KubernetesProvider(stack, 'kubernetes', { host: cluster.endpoint });
  const readyForPods = [...nodeGroups.values()].flatMap(({ ready }) => ready);
  const { platform } = new ClusterServices(stack, 'in-cluster', { facts, vpc, cluster, zone, readyForPods });
  installPlatform(new Construct(stack, 'objects'), production.addOns, platform, new Map());
});
