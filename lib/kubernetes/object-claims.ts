import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Problem } from '../core/check';
import { Claims, perStack } from '../core/claims';
import type { NamespaceRef } from './namespace-ref';

const claims = perStack(() => new Claims());

/**
 * Objects of one kind, name and namespace are one object: deleting either deletes the other's. Names that are known after apply are
 * not compared.
 * @param kind what it is called in messages, such as `Service`
 */
export function claimName(scope: IConstruct, kind: string, name: string, namespace?: NamespaceRef): Problem {
  const namespaceName = namespace?.namespaceName ?? '';
  if (Token.isUnresolved(name) || Token.isUnresolved(namespaceName)) return false;
  const owner = claims(scope).claim(scope.node, [kind, namespaceName, name].join(' '));
  const place = namespace ? ` in namespace '${namespaceName}'` : '';
  return owner && `name '${name}' is also the name of the ${kind} ${owner.path}${place}: choose another`;
}

/** A port of every node has one owner for each protocol. */
export function claimNodePort(scope: IConstruct, nodePort: number, protocol: string): Problem {
  if (Token.isUnresolved(nodePort)) return false;
  const owner = claims(scope).claim(scope.node, `node port ${nodePort} ${protocol}`);
  return (
    owner &&
    owner.path !== scope.node.path &&
    `nodePort ${nodePort} is also that of ${owner.path}: choose another, or leave it out for any free one`
  );
}

/** Reserves the NodePorts of a Service of another stack, such as those of an environment's ingress. */
export function reserveNodePorts(scope: IConstruct, owner: string, nodePorts: readonly number[]): void {
  for (const nodePort of nodePorts) claims(scope).claim({ path: owner }, `node port ${nodePort} TCP`);
}
