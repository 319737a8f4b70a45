/** Who an object belongs to; its labels and selectors are made from it. */
export interface AppIdentity {
  /** The program, such as `traefik`. */
  readonly name: string;
  /**
   * Tells two of the same program apart.
   * @default name
   */
  readonly instance?: string;
  /**
   * Its role in what it is part of, such as `ingress`.
   * @default none
   */
  readonly component?: string;
  /** What it serves: `platform`, or an application. */
  readonly partOf: string;
  /**
   * The program's version. Never in a selector: selectors cannot change.
   * @default of pods and what runs them, the tag of the main container's image
   */
  readonly version?: string;
}

export type Labels = Readonly<Record<string, string>>;

/** Source: "Recommended Labels", Kubernetes documentation. */
const PREFIX = 'app.kubernetes.io';
const MANAGED_BY = 'quayside';
/** Source: "Labels and Selectors", Kubernetes documentation. */
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

/** What finds the pods of a program: the part of its labels that never changes. */
export function selector({ name, instance = name }: AppIdentity): Labels {
  return { [`${PREFIX}/name`]: labelValue(name), [`${PREFIX}/instance`]: labelValue(instance) };
}

/** The closest text that a label takes. */
function labelValue(text: string): string {
  return text
    .replace(/[^\w.-]/g, '-')
    .slice(0, LONGEST_VALUE)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
