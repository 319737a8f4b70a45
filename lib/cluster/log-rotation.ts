import type { Problem } from '../core/check';
import { integer, object, optional } from '../core/shape';

/** How a kubelet rotates the log files of its containers. */
export interface LogRotation {
  /**
   * The size at which a file is rotated, in MiB.
   * @default 10
   */
  readonly containerLogMaxMib?: number;
  /**
   * Files kept for each container, the current one included.
   * @default 5
   */
  readonly containerLogMaxFiles?: number;
}

export const LOG_ROTATION = object<LogRotation>({
  containerLogMaxMib: optional(integer),
  containerLogMaxFiles: optional(integer),
});

/**
 * `containerLogMaxFiles` is greater than 1. Source: "KubeletConfiguration",
 * https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
 */
const MIN_FILES = 2;

export function logRotationProblems(prop: string, rotation: LogRotation = {}): readonly Problem[] {
  const { containerLogMaxMib: mib, containerLogMaxFiles: files } = rotation;
  return [
    mib !== undefined &&
      !(Number.isInteger(mib) && mib >= 1) &&
      `${prop}.containerLogMaxMib must be a whole number of at least 1, got ${mib}`,
    files !== undefined &&
      !(Number.isInteger(files) && files >= MIN_FILES) &&
      `${prop}.containerLogMaxFiles must be a whole number of at least ${MIN_FILES}, got ${files}`,
  ];
}
