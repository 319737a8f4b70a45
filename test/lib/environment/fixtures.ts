import { App } from 'cdktf';
import { selection } from '../../../lib/core/selection';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { synthApp, type SynthesizedStack } from '../../../lib/testing/synthesized-stack';

export const APPS_GROUP: NodeGroupSpec = {
  name: 'apps',
  ingress: true,
  architecture: 'arm64',
  instanceTypes: ['t4g.large'],
  minSize: 1,
  maxSize: 3,
};

export function environment(overrides: Partial<EnvironmentProps> = {}): EnvironmentProps {
  return {
    name: 'staging',
    account: '123456789012',
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    cidr: '10.30.0.0/16',
    domain: 'staging.example.com',
    kubernetesVersion: '1.35',
    parentZone: { zoneId: 'Z1', zoneName: 'example.com' },
    profile: EnvironmentProfile.ha(),
    access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
    ...overrides,
  };
}

/** Synthesizes an app with these environments. */
export function synthEnvironments(...environments: readonly EnvironmentProps[]): ReadonlyMap<string, SynthesizedStack> {
  return synthApp((app) => {
    for (const props of environments) new Environment(app, props);
  });
}

export function synthInfrastructure(overrides: Partial<EnvironmentProps> = {}): SynthesizedStack {
  return synthEnvironments(environment(overrides)).get('staging-infrastructure')!;
}

/** The full validation message of `build`. Other errors are rethrown. */
export function refused(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if ((error as Error).name !== 'ValidationError') throw error;
    return (error as Error).message;
  }
  throw new Error('nothing was rejected');
}

/** An app that builds only the named stacks. */
export function appFor(...stacks: readonly string[]): App {
  return new App({ skipValidation: true, context: selection(stacks) });
}
