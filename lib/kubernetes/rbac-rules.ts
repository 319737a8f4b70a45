import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { list, object, optional, ref, text, type Shape } from '../core/shape';
import { didYouMean } from '../core/suggestions';
import { NAMESPACE_REF, type NamespaceRef } from './namespace-ref';
import { byKey } from './shape-by-key';

export type Verb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | (string & {});

/** Verbs that are allowed on resources of the API. */
export interface ResourceRule {
  /**
   * `''` is the core group: pods, services, secrets.
   * @default ['']
   */
  readonly apiGroups?: readonly string[];
  /** In the plural, with the subresource if any: `ingresses/status`. */
  readonly resources: readonly string[];
  /** @default every object */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly Verb[];
}

/** Verbs that are allowed on paths of the API server, such as `/metrics`. Cluster roles only. */
export interface NonResourceRule {
  readonly nonResourceUrls: readonly string[];
  readonly verbs: readonly Verb[];
}

/** The service account of a role binding. */
export interface Subject {
  readonly namespace: NamespaceRef;
  /** The account's name: a reference, so that the binding is created after it. */
  readonly serviceAccountId: string;
}

const NAMES = list(text(), 'a list of names');

export const RESOURCE_RULE = object<ResourceRule>(
  {
    apiGroups: optional(list(text<string>('a group', /^/), 'a list of groups')),
    resources: NAMES,
    resourceNames: optional(NAMES),
    verbs: list(text<Verb>(), 'a list of verbs'),
  },
  { expected: 'a rule, such as { resources, verbs }' },
);

const NON_RESOURCE_RULE = object<NonResourceRule>({
  nonResourceUrls: NAMES,
  verbs: list(text<Verb>(), 'a list of verbs'),
});

export const CLUSTER_RULE: Shape<ResourceRule | NonResourceRule> = byKey<
  ResourceRule | NonResourceRule,
  'nonResourceUrls' | 'resources'
>('a rule, such as { resources, verbs } or { nonResourceUrls, verbs }', {
  nonResourceUrls: NON_RESOURCE_RULE,
  resources: RESOURCE_RULE,
});

export const SUBJECT = ref<Subject>('a service account, such as new ServiceAccount(...)', {
  namespace: NAMESPACE_REF,
  serviceAccountId: text(),
});

/**
 * Source: "Request Verbs", https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
 */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Of certain resources. Source: as above. */
const SPECIAL_VERBS = new Set(['use', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest', 'proxy']);
const URL_VERBS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'];
const LIKE_VERBS: Readonly<Record<string, string>> = {
  read: "'get', 'list' and 'watch'",
  view: "'get', 'list' and 'watch'",
  write: "'create', 'update' and 'patch'",
  edit: "'create', 'update' and 'patch'",
  remove: "'delete'",
};
const VERB = /^[a-z]+([-:*a-z]*[a-z*])?$/;
const GROUP = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const RESOURCE = /^(\*|[a-z0-9][-.a-z0-9]*)(\/[a-z0-9][-.a-z0-9]*)?$/;
/** Source: `ResourceMatches`, https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go */
const EVERY_SUBRESOURCE = /\/\*$/;
/**
 * Their requests have no name of an object. Source: "Referring to resources",
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
const NAMELESS_VERBS: ReadonlySet<string> = new Set(['create', 'deletecollection']);
/** All of the core group, which others extend no more, and what only rules of RBAC name. */
const CORE_RESOURCES = [
  'bindings',
  'componentstatuses',
  'configmaps',
  'endpoints',
  'events',
  'limitranges',
  'namespaces',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'podtemplates',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'serviceaccounts',
  'services',
  'users',
  'groups',
  'audiences',
];
/** Groups of resources that are often taken for the core group's. */
const GROUPS: Readonly<Record<string, string>> = {
  controllerrevisions: 'apps',
  daemonsets: 'apps',
  deployments: 'apps',
  replicasets: 'apps',
  statefulsets: 'apps',
  horizontalpodautoscalers: 'autoscaling',
  cronjobs: 'batch',
  jobs: 'batch',
  leases: 'coordination.k8s.io',
  endpointslices: 'discovery.k8s.io',
  ingressclasses: 'networking.k8s.io',
  ingresses: 'networking.k8s.io',
  networkpolicies: 'networking.k8s.io',
  poddisruptionbudgets: 'policy',
  clusterrolebindings: 'rbac.authorization.k8s.io',
  clusterroles: 'rbac.authorization.k8s.io',
  rolebindings: 'rbac.authorization.k8s.io',
  roles: 'rbac.authorization.k8s.io',
  priorityclasses: 'scheduling.k8s.io',
  csidrivers: 'storage.k8s.io',
  csinodes: 'storage.k8s.io',
  storageclasses: 'storage.k8s.io',
  volumeattachments: 'storage.k8s.io',
};

/**
 * What no request matches: a misspelt verb or resource, or an empty list. An empty list of names would be every object.
 * @param prop the rules' path
 */
export function ruleListProblems(
  prop: string,
  rules: readonly (ResourceRule | NonResourceRule)[] = [],
): readonly Problem[] {
  return rules.flatMap((rule, index) => {
    const path = `${prop}[${index}]`;
    return [
      ...Object.entries(rule).map(([key, values]: [string, readonly string[] | undefined]) =>
        emptyProblem(path, key, values),
      ),
      ...('nonResourceUrls' in rule ? urlRuleProblems(path, rule) : resourceRuleProblems(path, rule)),
    ];
  });
}

function emptyProblem(path: string, key: string, values: readonly string[] | undefined): Problem {
  if (values === undefined || values.length > 0) return false;
  return key === 'resourceNames'
    ? `${path}.resourceNames is empty, which Kubernetes takes for every object: remove the rule, or list names`
    : `${path}.${key} is empty: list what is allowed, or remove the rule`;
}

function urlRuleProblems(path: string, { nonResourceUrls, verbs }: NonResourceRule): readonly Problem[] {
  return [
    ...known(nonResourceUrls).map(
      (url) =>
        !/^(\*|\/[^*]*\*?)$/.test(url) &&
        `${path}.nonResourceUrls has '${url}', which no request has: start it with '/', with '*' at the end at most`,
    ),
    ...known(verbs).map((verb) => verb !== '*' && !URL_VERBS.includes(verb) && unknownVerb(path, verb, URL_VERBS)),
  ];
}

function resourceRuleProblems(path: string, rule: ResourceRule): readonly Problem[] {
  const { apiGroups = [''], resources, verbs } = rule;
  // Other APIs may have verbs of their own.
  const isBuiltIn = apiGroups.every((group) => group !== '*' && (!group.includes('.') || group.endsWith('.k8s.io')));
  const isCore = apiGroups.every((group) => group === '' && !Token.isUnresolved(group));
  return [
    ...known(apiGroups).map((group) => groupProblem(path, group)),
    ...namesProblems(path, rule),
    ...known(resources).map(
      (resource) =>
        (EVERY_SUBRESOURCE.test(resource) &&
          `${path}.resources has '${resource}', which matches no subresource: list them, such as 'pods/log'`) ||
        (!RESOURCE.test(resource) &&
          `${path}.resources has '${resource}', which no resource is called: use lower case and the plural, such as 'pods' or 'pods/log'`) ||
        (isCore ? coreProblem(path, resource) : groupOfProblem(path, resource, apiGroups)),
    ),
    ...known(verbs).map((verb) => {
      const isKnown = verb === '*' || VERBS.includes(verb) || SPECIAL_VERBS.has(verb);
      const isOther = VERB.test(verb) && (!isBuiltIn || /[-:]/.test(verb));
      return !isKnown && !isOther && unknownVerb(path, verb, VERBS);
    }),
  ];
}

function groupProblem(path: string, group: string): Problem {
  if (group === '' || group === '*') return false;
  const [name = '', version] = group.split('/');
  if (/^v\d/.test(group)) return `${path}.apiGroups has the version '${group}': write '' for the core group`;
  if (version !== undefined) return `${path}.apiGroups has '${group}', with a version: write '${name}'`;
  return (
    !GROUP.test(group) &&
    `${path}.apiGroups has '${group}', which is not a group: write one such as 'apps', or '' for the core group`
  );
}

function coreProblem(path: string, resource: string): Problem {
  const [name = ''] = resource.split('/');
  if (name === '*' || CORE_RESOURCES.includes(name)) return false;
  const group = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
  if (group) return `${path}.resources has '${name}', which is not in the core group: set apiGroups: ['${group}']`;
  return `${path}.resources has '${name}', which is not in the core group${didYouMean(name, CORE_RESOURCES) || ': set the apiGroups that it is in'}`;
}

/** Groups that have no resource of another one's name. */
const OWN_GROUPS = new Set(['apps', 'batch', 'autoscaling', 'policy']);

function groupOfProblem(path: string, resource: string, apiGroups: readonly string[]): Problem {
  const [name = ''] = resource.split('/');
  const group = Object.hasOwn(GROUPS, name) ? GROUPS[name]! : '';
  const isKnown = group !== '' || CORE_RESOURCES.includes(name);
  return (
    isKnown &&
    apiGroups.every((one) => OWN_GROUPS.has(one) && one !== group) &&
    `${path}.resources has '${name}', which is in none of apiGroups (${apiGroups.join(', ')}): add '${group}'`
  );
}

function namesProblems(path: string, { resources, resourceNames = [], verbs }: ResourceRule): readonly Problem[] {
  const objects = resources.filter((resource) => !resource.includes('/'));
  return [
    ...known(resourceNames).map(
      (name) =>
        name.includes('*') &&
        `${path}.resourceNames has '${name}', and a name is not a pattern: list names, or remove resourceNames for every object`,
    ),
    ...verbs.map(
      (verb) =>
        resourceNames.length > 0 &&
        objects.length > 0 &&
        NAMELESS_VERBS.has(verb) &&
        `${path} has resourceNames and the verb '${verb}', whose requests name no object: move it to a rule without resourceNames`,
    ),
  ];
}

function unknownVerb(path: string, verb: string, verbs: readonly string[]): string {
  const like =
    Object.hasOwn(LIKE_VERBS, verb) && verbs === VERBS ? `: write ${LIKE_VERBS[verb]}` : didYouMean(verb, verbs);
  return `${path}.verbs has '${verb}', which no request has${like || `: use ${verbs.join(', ')}`}`;
}

function known(values: readonly string[]): readonly string[] {
  return values.filter((value) => !Token.isUnresolved(value));
}
