import { Token } from 'cdktf';
import type { Problem } from '../../core/check';

/** The problem of a path, of requests or files, that must start with `/`. */
export function absolutePathProblem(prop: string, path: string): Problem {
  return (
    !Token.isUnresolved(path) && !path.startsWith('/') && `${prop} '${path}' does not start with '/': write '/${path}'`
  );
}

/** Whether a path leads out of the directory that it is in. */
export function hasBackstep(path: string): boolean {
  return path.split('/').includes('..');
}
