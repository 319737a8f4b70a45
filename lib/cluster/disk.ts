import type { Problem } from '../core/check';
import { oneOf } from '../core/shape';

export type DiskType = 'gp3' | 'io2';

export const DISK_TYPE = oneOf('gp3', 'io2');

export interface Disk {
  readonly diskGib: number;
  readonly diskType: DiskType;
  readonly diskIops?: number;
  readonly diskThroughputMib?: number;
}

/** Size of EKS's AMIs. Source: the root volume of the EKS-optimized AL2023 AMI. */
const MIN_GIB = 20;

interface Limits {
  readonly gib: number;
  readonly iops: { readonly min: number; readonly max: number; readonly perGib: number };
}

/**
 * Sources: "Amazon EBS volume types", https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html; "Amazon EBS
 * increases the maximum size and provisioned performance of General Purpose (gp3) volumes",
 * https://aws.amazon.com/about-aws/whats-new/2025/09/amazon-ebs-size-provisioned-performance-gp3-volumes/
 */
const LIMITS: Readonly<Record<DiskType, Limits>> = {
  gp3: { gib: 65_536, iops: { min: 3000, max: 80_000, perGib: 500 } },
  io2: { gib: 65_536, iops: { min: 100, max: 256_000, perGib: 1000 } },
};
/** Of gp3. Source: the same. */
const THROUGHPUT = { min: 125, max: 2000, iopsPerMib: 4 } as const;

export function diskProblems(disk: Disk): readonly Problem[] {
  const { diskGib, diskType, diskIops, diskThroughputMib } = disk;
  const { gib, iops } = LIMITS[diskType];
  return [
    (diskGib < MIN_GIB || diskGib > gib) && `diskGib must be from ${MIN_GIB} to ${gib}, got ${diskGib}`,
    diskType === 'io2' &&
      diskIops === undefined &&
      `diskIops is required for diskType 'io2': set it, from ${iops.min} to ${Math.min(iops.max, diskGib * iops.perGib)}`,
    diskIops !== undefined &&
      (diskIops < iops.min || diskIops > iops.max) &&
      `diskIops of ${diskType} must be from ${iops.min} to ${iops.max}, got ${diskIops}`,
    diskIops !== undefined &&
      diskIops > diskGib * iops.perGib &&
      `diskIops is ${diskIops}, more than ${iops.perGib} per GiB: raise diskGib to at least ${Math.ceil(diskIops / iops.perGib)}`,
    diskThroughputMib !== undefined && throughputProblem(disk, diskThroughputMib),
  ];
}

function throughputProblem({ diskType, diskIops = LIMITS.gp3.iops.min }: Disk, throughput: number): Problem {
  const { min, max, iopsPerMib } = THROUGHPUT;
  if (diskType !== 'gp3') {
    return `diskThroughputMib is ${throughput}, and that of ${diskType} follows from diskIops: remove it, or set diskType to 'gp3'`;
  }
  if (throughput < min || throughput > max) return `diskThroughputMib must be from ${min} to ${max}, got ${throughput}`;
  return (
    throughput * iopsPerMib > diskIops &&
    `diskThroughputMib is ${throughput}, and gp3 needs ${iopsPerMib} diskIops for each MiB/s: set diskIops to at least ${throughput * iopsPerMib}`
  );
}
