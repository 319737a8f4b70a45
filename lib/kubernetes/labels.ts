import type { Problem } from '../core/check';
import { anyText, object, optional, record, text } from '../core/shape';

/**
 * What an object belongs to, from which its labels and selectors are derived. Selectors consist of `name` and `instance`: a change of
 * either replaces the controllers and their disruption budgets.
 */
export interface AppIdentity {
  /** The application, such as `traefik`. */
  readonly name: string;
  /**
   * Distinguishes two installations of one application.
   * @default name
   */
  readonly instance?: string;
  /**
   * Its role in what it is part of, such as `ingress`.
   * @default none
   */
  readonly component?: string;
  /** The larger application it is part of, or `platform`. */
  readonly partOf: string;
  /**
   * The application's version. Never part of a selector, since selectors are immutable.
   * @default of pods and their controllers, the tag of the main container's image
   */
  readonly version?: string;
}

export const APP_IDENTITY = object<AppIdentity>(
  {
    name: text(),
    instance: optional(text()),
    component: optional(anyText),
    partOf: text(),
    version: optional(anyText),
  },
  { expected: 'an identity, such as { name, partOf }' },
);

export type Labels = Readonly<Record<string, string>>;

export const LABELS = record(anyText, 'an object of texts by label');
export const ANNOTATIONS = record(anyText, 'an object of texts by annotation');

/** Source: "Recommended Labels", https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const PREFIX = 'app.kubernetes.io';
const MANAGED_BY = 'quayside';
/** Source: "Labels and Selectors", https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const LONGEST_VALUE = 63;

/** The recommended labels of an object. */
export function labels({ name, instance = name, component, partOf, version }: AppIdentity): Labels {
  return {
    [`${PREFIX}/name`]: labelValue(name),
    [`${PREFIX}/instance`]: labelValue(instance),
    ...(component && { [`${PREFIX}/component`]: labelValue(component) }),
    [`${PREFIX}/part-of`]: labelValue(partOf),
    ...(version && { [`${PREFIX}/version`]: labelValue(version) }),
    [`${PREFIX}/managed-by`]: MANAGED_BY,
  };
}

/** The labels that select the pods: those that never change. */
export function selector({ name, instance = name }: AppIdentity): Labels {
  return { [`${PREFIX}/name`]: labelValue(name), [`${PREFIX}/instance`]: labelValue(instance) };
}

/** The closest text that is valid as the value of a label. */
function labelValue(text: string): string {
  return text
    .replace(/[^\w.-]/g, '-')
    .slice(0, LONGEST_VALUE)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/** A label is the closest text that is valid: of a name without letters and digits nothing would be left. */
export function identityProblems(identity: AppIdentity): readonly Problem[] {
  const { name, instance, component, partOf } = identity;
  return Object.entries({ name, instance, component, partOf }).map(
    ([prop, value]) =>
      value &&
      labelValue(value) === '' &&
      `identity.${prop} '${value}' has no letter or digit: use at least one, since labels are derived from it`,
  );
}
