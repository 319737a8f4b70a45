/** A container image by its parts: `docker.io/library/traefik:v3.7.13@sha256:...`. */
export interface ImageRef {
  /** `docker.io`, or a registry's host with its port if any. */
  readonly registry: string;
  /** `library/traefik` */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

const DEFAULT_REGISTRY = 'docker.io';
/** Source: the grammar of references, https://github.com/distribution/reference/blob/main/reference.go */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const HOST =
  /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(:\d{1,5})?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Tags that by convention follow the newest image. */
const MOVING = new Set(['latest', 'stable', 'edge', 'nightly', 'main', 'master', 'dev', 'develop', 'lts', 'current']);

/** Parses an image as Docker does: without a registry it is Docker Hub's. Undefined for what is not valid. */
export function parseImage(text: string): ImageRef | undefined {
  const [named = '', digest, ...others] = text.split('@');
  const [, path = '', tag] = /^(.*?)(?::([^/:]+))?$/.exec(named) ?? [];
  const [first = '', ...rest] = path.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first : DEFAULT_REGISTRY;
  const given = hasRegistry ? rest.join('/') : path;
  const repository = registry === DEFAULT_REGISTRY && !given.includes('/') ? `library/${given}` : given;
  if (others.length > 0 || !HOST.test(registry)) return undefined;
  if (!REPOSITORY.test(repository) || (tag && !TAG.test(tag)) || (digest !== undefined && !DIGEST.test(digest))) {
    return undefined;
  }
  return { registry, repository, ...(tag && { tag }), ...(digest && { digest }) };
}

export function formatImage({ registry, repository, tag, digest }: ImageRef): string {
  return `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

/** Whether another image may be published under the same name: it has neither a digest nor the tag of a version. */
export function isMutable({ tag, digest }: ImageRef): boolean {
  return !digest && (tag === undefined || MOVING.has(tag));
}
