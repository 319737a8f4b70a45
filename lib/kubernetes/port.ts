import { Token } from 'cdktf';
import type { Problem } from '../core/check';

const HIGHEST_PORT = 65535;
/**
 * Source: `IsValidPortName`,
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go
 */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_PORT_NAME = 15;
const PORT_NAME_FORM = `a name of at most ${LONGEST_PORT_NAME} lower-case letters, digits and single '-', with at least one letter`;

/** The problem of a port's number or name, if any. */
export function portProblem(prop: string, port: number | string): Problem {
  if (Token.isUnresolved(port)) return false;
  return typeof port === 'number' ? portNumberProblem(prop, port) : portNameProblem(prop, port);
}

export function portNumberProblem(prop: string, port: number): Problem {
  return (
    !Token.isUnresolved(port) &&
    !(Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT) &&
    `${prop} ${port} is not valid: use a whole number from 1 to ${HIGHEST_PORT}`
  );
}

/** The problem of a name by which a port is listed. */
export function portKeyProblem(prop: string, name: string): Problem {
  return !isPortName(name) && `${prop} '${name}' is not valid: use ${PORT_NAME_FORM}`;
}

function portNameProblem(prop: string, name: string): Problem {
  return !isPortName(name) && `${prop} '${name}' is not valid: use a number, or ${PORT_NAME_FORM}`;
}

function isPortName(name: string): boolean {
  return Token.isUnresolved(name) || (PORT_NAME.test(name) && name.length <= LONGEST_PORT_NAME);
}
