import type { StackPlan } from '../../offline';
import type { Finding, Note, Outage } from './finding';
import { certificate, listenerCertificate } from './outages/certificates';
import { ingress, ingressClass } from './outages/ingresses';
import { listener, loadBalancer } from './outages/load-balancers';
import { nodeGroup } from './outages/node-groups';
import { nodePlacement } from './outages/node-placement';
import { record } from './outages/records';
import { rule } from './outages/rules';
import { securityGroupRule } from './outages/security-group-rules';
import { service, servicePorts } from './outages/services';
import { attachment, targetGroup, targetPort } from './outages/target-groups';
import { Traffic } from './outages/traffic';
import type { Judge } from './outages/verdict';
import { workload } from './outages/workloads';
import { PlannedResources, type PlannedResource } from './planned-resources';
import { sitesOf } from './sites';

/** A part of the path that requests take. */
interface Part {
  readonly families: readonly string[];
  readonly judge: Judge;
  /** How to change it without an outage. */
  readonly steps: readonly string[];
}

const besides = (what: string): readonly string[] => [
  `add the new ${what} besides the old one, and apply`,
  `remove the old ${what}`,
];
const PORTS = [
  'have the Service listen on the new port besides the old one (in an environment: traffic.additionalNodePorts), and apply every stack',
  'send requests to the new port, keep the old one on the Service, and apply every stack',
  'remove the old port from the Service',
];

/**
 * What takes the site down if it is deleted, replaced or detached without a successor. A type has several rows if it
 * can fail in several ways.
 */
const PARTS: readonly Part[] = [
  {
    families: ['aws_lb'],
    judge: loadBalancer,
    steps: [
      'create the new load balancer, with listeners, rules and targets, besides the old one, and apply',
      'point the DNS records at it, apply, and wait until their time to live has passed',
      'delete the old load balancer',
    ],
  },
  {
    families: ['aws_lb_listener'],
    judge: listener,
    steps: [
      'add a listener or a certificate that serves its clients, and apply',
      'once no client needs it: remove the old one',
    ],
  },
  {
    families: ['aws_lb_listener_rule'],
    judge: rule,
    steps: [
      'add a rule that forwards the same requests, with another priority, and apply',
      'once no client needs it: delete the old rule',
    ],
  },
  {
    families: ['aws_lb_target_group'],
    judge: targetGroup,
    steps: [
      'forward to another target group whose targets are healthy, and apply (for a replacement: create_before_destroy on the target group and its attachments, with a name that changes)',
      'delete the old target group',
    ],
  },
  { families: ['aws_lb_target_group'], judge: targetPort, steps: PORTS },
  {
    families: [
      'aws_autoscaling_attachment',
      'aws_autoscaling_traffic_source_attachment',
      'aws_lb_target_group_attachment',
      'aws_autoscaling_group',
    ],
    judge: attachment,
    steps: [
      'attach the new nodes besides the old ones (another node group: ingress: true on both), and apply infrastructure and platform',
      'detach the old ones (remove ingress from the old node group)',
    ],
  },
  {
    families: ['aws_route53_record'],
    judge: record,
    steps: ['add the new name besides the old one, and apply', 'once no client uses the old name: delete its record'],
  },
  {
    families: ['aws_acm_certificate', 'aws_iam_server_certificate'],
    judge: certificate,
    steps: [
      'add a certificate for the same domains to the listener, and apply (for a replacement: create_before_destroy)',
      'delete the old certificate',
    ],
  },
  { families: ['aws_lb_listener_certificate'], judge: listenerCertificate, steps: besides('certificate') },
  {
    families: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
    judge: securityGroupRule,
    steps: ['add the rule that replaces it, and apply', 'delete the old rule'],
  },
  {
    families: ['kubernetes_daemon_set', 'kubernetes_deployment', 'kubernetes_stateful_set'],
    judge: workload,
    steps: [
      'add another workload that the Service selects, apply, and wait until its pods are ready',
      'delete the old one',
    ],
  },
  {
    families: ['kubernetes_service'],
    judge: service,
    steps: ['send requests to another Service, and apply', 'delete the old one'],
  },
  { families: ['kubernetes_service'], judge: servicePorts, steps: PORTS },
  {
    families: ['kubernetes_ingress_class'],
    judge: ingressClass,
    steps: ['add the new class besides the old one, move every Ingress to it, and apply', 'remove the old class'],
  },
  { families: ['kubernetes_ingress'], judge: ingress, steps: besides('Ingress') },
  {
    families: ['aws_eks_node_group', 'aws_autoscaling_group'],
    judge: nodeGroup,
    steps: [
      'keep the old groups for one apply, besides the new ones (another spread: formerSpread; another kind: a group of another name)',
      'once the new nodes run: remove the old groups',
    ],
  },
  {
    families: ['aws_eks_node_group', 'aws_autoscaling_group'],
    judge: nodePlacement,
    steps: [
      'keep the labels and taints (a rename needs no other labels); or add a node group with the new ones besides this one (in an environment: ingress: true on both), and apply every stack',
      'once the pods run there: remove the old group',
    ],
  },
];

export interface OutageReport {
  readonly outages: readonly Outage[];
  readonly notes: readonly Note[];
}

/** The changes of all planned stacks that take the site down, and those that may for a moment. */
export function outagesOf(stacks: readonly StackPlan[]): OutageReport {
  const reports = sitesOf(stacks).map(reportOf);
  return {
    outages: reports.flatMap(({ outages }) => outages),
    notes: reports.flatMap(({ notes }) => notes),
  };
}

function reportOf(stacks: readonly StackPlan[]): OutageReport {
  const resources = new PlannedResources(stacks);
  const context = { resources, traffic: new Traffic(resources) };
  const found = PARTS.flatMap(({ families, judge, steps }) =>
    resources.of(...families).flatMap((resource) => {
      const verdict = judge(resource, context);
      return verdict ? [{ kind: verdict.kind, finding: findingOf(resource, verdict.reason), steps }] : [];
    }),
  );
  return {
    outages: found.flatMap(({ kind, finding, steps }) => (kind === 'outage' ? [{ ...finding, steps }] : [])),
    notes: found.flatMap(({ kind, finding }) => (kind === 'note' ? [finding] : [])),
  };
}

function findingOf({ stack, path, address, type }: PlannedResource, reason: string): Finding {
  return { stack, path, address, type, reason };
}
