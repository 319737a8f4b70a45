import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { textCheckedBy, type Shape } from '../core/shape';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/**
 * The strictest form, which is valid for every kind but a Service. Source: "Object Names and IDs",
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
const LONGEST = 63;
/** Source: as above. */
const LONGEST_SUBDOMAIN = 253;

/** The problem of an object's name, if any. */
export function nameProblem(prop: string, name: string, longest = LONGEST): Problem {
  if (Token.isUnresolved(name)) return false;
  if (!LABEL.test(name)) {
    return `${prop} '${name}' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends`;
  }
  return lengthProblem(prop, name, longest);
}

/** Such a name. */
export const objectName = (longest?: number): Shape<string> =>
  textCheckedBy('a string', (prop, name) => nameProblem(prop, name, longest));

/** The name of an object of a kind that allows dots. */
export const dottedName: Shape<string> = textCheckedBy('a string', subdomainProblem);

/** The problem of the name of an existing object, or of one whose kind allows dots. */
export function subdomainProblem(prop: string, name: string): Problem {
  if (Token.isUnresolved(name)) return false;
  if (!SUBDOMAIN.test(name)) {
    return `${prop} '${name}' is not a valid name of a Kubernetes object: use lower-case letters, digits, '-' and '.', with a letter or digit at both ends`;
  }
  return lengthProblem(prop, name, LONGEST_SUBDOMAIN);
}

/** The problem of a Service's name, which is a DNS label of RFC 1035. */
export function serviceNameProblem(prop: string, name: string): Problem {
  const digitFirst = !Token.isUnresolved(name) && /^\d/.test(name);
  return (
    nameProblem(prop, name) ||
    (digitFirst && `${prop} '${name}' starts with a digit: start a Service's name with a letter`)
  );
}

function lengthProblem(prop: string, name: string, longest: number): Problem {
  return (
    name.length > longest &&
    `${prop} '${name}' has ${name.length} characters, Kubernetes allows at most ${longest}: shorten it`
  );
}
