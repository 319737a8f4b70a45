import { Token } from 'cdktf';
import type { Problem } from '../core/check';

/**
 * The name of a key, with a prefix if any. Source: "Labels and Selectors",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
const NAME = /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;
/** Source: "Annotations", https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const LARGEST_ANNOTATIONS = 256 * 1024;
/** Set on every object from its identity. */
const FROM_IDENTITY: Readonly<Record<string, string>> = {
  'app.kubernetes.io/name': 'identity.name',
  'app.kubernetes.io/instance': 'identity.instance',
  'app.kubernetes.io/component': 'identity.component',
  'app.kubernetes.io/part-of': 'identity.partOf',
  'app.kubernetes.io/version': 'identity.version',
};
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Whether it is a key of labels, annotations, taints and resources, such as `example.com/team`. */
export function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...others] = key.split('/').reverse();
  return others.length === 0 && NAME.test(name) && (prefix === undefined || PREFIX.test(prefix));
}

export function keyProblem(prop: string, key: string): Problem {
  return (
    !Token.isUnresolved(key) &&
    !isQualifiedName(key) &&
    `${prop} has the key '${key}': use at most 63 letters, digits, '-', '_' and '.', optionally after a domain name in lower case and '/'`
  );
}

export function labelValueProblem(prop: string, value: string): Problem {
  return (
    !Token.isUnresolved(value) &&
    !LABEL_VALUE.test(value) &&
    `${prop} '${value}' is not a valid value: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`
  );
}

/** The problems of labels, of a selector too. */
export function labelProblems(prop: string, labels: Readonly<Record<string, string>> = {}): readonly Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    keyProblem(prop, key),
    labelValueProblem(`${prop}.${key}`, value),
  ]);
}

/** The problems of the labels that an object has besides those of its identity. */
export function ownLabelProblems(labels: Readonly<Record<string, string>> = {}): readonly Problem[] {
  return [
    ...labelProblems('labels', labels),
    ...Object.keys(labels).map(
      (key) => Object.hasOwn(FROM_IDENTITY, key) && `labels has '${key}': set ${FROM_IDENTITY[key]} instead`,
    ),
    Object.hasOwn(labels, MANAGED_BY) && `labels has '${MANAGED_BY}', which is set on every object: remove it`,
  ];
}

export function annotationProblems(annotations: Readonly<Record<string, string>> = {}): readonly Problem[] {
  const bytes = Object.entries(annotations)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return [
    // The API server compares the prefix in lower case.
    ...Object.keys(annotations).map((key) => !isQualifiedName(key.toLowerCase()) && keyProblem('annotations', key)),
    bytes > LARGEST_ANNOTATIONS &&
      `annotations has ${bytes} bytes, Kubernetes allows at most ${LARGEST_ANNOTATIONS}: move some to a ConfigFiles`,
  ];
}
