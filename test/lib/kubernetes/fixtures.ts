import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { Workload, type WorkloadProps } from '../../../lib/kubernetes/workload';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { refusal, synthStack } from '../../support/stack';

/** A stack with the Kubernetes provider and what `build` places in it. */
export const synth = (build: (stack: AwsStack) => void): SynthesizedStack =>
  synthStack((stack) => {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    build(stack);
  });

export const container = {
  name: 'api',
  image: 'shop:1.4.2',
  ports: { http: 8080 },
  resources: { cpu: '100m', memory: '128Mi' },
  readiness: { path: '/ready', port: 'http' },
};

export const props: WorkloadProps = {
  namespace: { namespaceName: 'shop' },
  identity: { name: 'api', partOf: 'shop' },
  controller: { kind: 'deployment', replicas: 2 },
  containers: [container],
};

/** A workload named `api`, of a deployment with two replicas unless overridden. */
export const synthWorkload = (
  overrides: Partial<WorkloadProps> = {},
  before: (stack: AwsStack) => void = () => {},
): SynthesizedStack =>
  synth((stack) => {
    before(stack);
    new Workload(stack, 'api', { ...props, ...overrides });
  });

export const refusedWorkload = (
  overrides: Partial<WorkloadProps>,
  before: (stack: AwsStack) => void = () => {},
): string =>
  refusal((stack) => {
    before(stack);
    new Workload(stack, 'api', { ...props, ...overrides });
  });

export const deploymentOf = (stack: SynthesizedStack) =>
  stack.getResource('kubernetes_deployment_v1').attributes['spec'];

export const podOf = (stack: SynthesizedStack) => deploymentOf(stack).template;
