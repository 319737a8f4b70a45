import { text } from './shape';

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const CLUSTER_NAME = text(
  'the name of a cluster, 1 to 100 letters, digits, hyphens and underscores',
  /^[0-9A-Za-z][\w-]{0,99}$/,
);
