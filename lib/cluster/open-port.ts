import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { integer, object, oneOf, optional, text } from '../core/shape';

/** A port of every node that others in the cluster reach. */
export interface OpenPort {
  readonly from: 'nodes' | 'control-plane';
  readonly port: number;
  /** @default 'tcp' */
  readonly protocol?: 'tcp' | 'udp';
  /** The rule's description, such as `Webhook of cert-manager`. */
  readonly purpose: string;
}

/**
 * Descriptions of rules. Source:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
const PURPOSE = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

export const OPEN_PORT = object<OpenPort>({
  from: oneOf('nodes', 'control-plane'),
  port: integer,
  protocol: optional(oneOf('tcp', 'udp')),
  purpose: text(),
});

/** @param prop the prop that has them, for messages */
export function openPortProblems(ports: readonly OpenPort[], prop = 'openPorts'): readonly Problem[] {
  const wrong = ports.flatMap(({ port, purpose }) => [
    !(Number.isInteger(port) && port >= 1 && port <= 65535) &&
      `${prop} has the port ${port}: it must be a whole number from 1 to 65535`,
    !PURPOSE.test(purpose) &&
      `${prop} has the purpose '${purpose}': use 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
  ]);
  return [...wrong, ...duplicates(ports.map(portKey)).map((key) => `${prop} has ${key} twice: list it once`)];
}

/** What tells one rule from another. */
export function portKey({ from, protocol = 'tcp', port }: OpenPort): string {
  return `${protocol} ${port} from ${from}`;
}
