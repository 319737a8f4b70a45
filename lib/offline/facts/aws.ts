import { AWS_COMPUTE } from './aws-compute';
import { AWS_DATA_SOURCES } from './aws-data-sources';
import { AWS_DATA_STORES } from './aws-data-stores';
import { AWS_IDENTITY } from './aws-identity';
import { AWS_NETWORK } from './aws-network';
import type { FactTable, TypeFacts } from './type-facts';

const TYPES: FactTable = {
  ...AWS_NETWORK,
  ...AWS_COMPUTE,
  ...AWS_IDENTITY,
  ...AWS_DATA_STORES,
  ...AWS_DATA_SOURCES,
};

const NONE: TypeFacts = {};

/** Facts about the AWS provider, version 6. Sources: its documentation, and the formats in AWS's API references. */
export function awsFacts(type: string): TypeFacts {
  return TYPES[type] ?? NONE;
}
