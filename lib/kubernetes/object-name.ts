import { Token } from 'cdktf';
import type { Problem } from '../core/check';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Source: "Object Names and IDs", Kubernetes documentation: the strictest form, which every kind takes. */
const LONGEST = 63;

/** Says what is wrong with the name of an object. */
export function nameProblem(prop: string, name: string, longest = LONGEST): Problem {
  if (Token.isUnresolved(name)) return false;
  if (!LABEL.test(name)) {
    return `${prop} '${name}' is no name for a Kubernetes object: use lower-case letters, digits and '-', a letter or digit at both ends`;
  }
  return (
    name.length > longest && `${prop} '${name}' has ${name.length} characters, Kubernetes takes ${longest}: shorten it`
  );
}
