'use strict';
// Both layers of production in one stack, which no user would deploy: it lets one graph show that whatever runs in the
// cluster comes after nodes, NAT and routes, and goes before them. Writes cdktf.out where it is run.
const path = require('node:path');
const { Construct } = require('constructs');
const { KubernetesProvider } = require('@cdktf/provider-kubernetes/lib/provider');

const dist = path.join(__dirname, '..', 'dist');
const { InfrastructureStack, synthesize } = require(path.join(dist, 'lib'));
const { installAddOns } = require(path.join(dist, 'lib/addons/add-on'));
const { ClusterPlatform } = require(path.join(dist, 'lib/addons/cluster-platform'));
const { environmentSettings } = require(path.join(dist, 'lib/environment/settings'));
const { production } = require(path.join(dist, 'stacks/environments/production'));

synthesize({}, (app) => {
  const stack = new InfrastructureStack(app, 'one-stack', production);
  const { cluster, zone, nodeGroups } = stack;
  new KubernetesProvider(stack, 'kubernetes', { host: cluster.endpoint });
  const { traffic, controlPlaneCidrs, nodePools } = environmentSettings(production);
  const { name: environment, domain, profile } = production;
  const platform = new ClusterPlatform(stack, 'in-cluster', {
    stack: 'platform',
    environment,
    cluster,
    zone,
    domain,
    traffic,
    controlPlaneCidrs,
    nodePools,
    profile,
    readyForPods: [...nodeGroups.values()].flatMap(({ ready }) => ready),
  });
  installAddOns(new Construct(stack, 'objects'), { stack: 'platform', addOns: production.addOns, platform });
});
