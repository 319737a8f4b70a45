import { Token } from 'cdktf';
import type { Problem } from '../../core/check';
import { nameProblem, subdomainProblem } from '../object-name';
import { sizeProblem } from '../quantity';
import { absolutePathProblem, hasBackstep } from './paths';
import type { PodProps } from './template';
import type { Volume } from './volume';

/** The problems of a pod's volumes. */
export function volumesProblems({ volumes = {} }: PodProps): readonly Problem[] {
  return Object.entries(volumes).flatMap(([name, volume]) => [
    nameProblem(`volume '${name}' name`, name),
    ...sourceProblems(`volume '${name}'`, volume),
  ]);
}

const HIGHEST_MODE = 0o777;

function sourceProblems(subject: string, volume: Volume): readonly Problem[] {
  switch (volume.kind) {
    case 'config-map':
    case 'pvc':
      return [subdomainProblem(`${subject}: ${volume.kind}`, volume.name)];
    case 'secret':
      return [
        subdomainProblem(`${subject}: secret`, volume.name),
        volume.mode !== undefined &&
          !Token.isUnresolved(volume.mode) &&
          Number.parseInt(volume.mode, 8) > HIGHEST_MODE &&
          `${subject} mode '${volume.mode}' is not valid: use at most '0777'`,
      ];
    case 'empty-dir':
      return [sizeProblem(`${subject} sizeLimit`, volume.sizeLimit, '256Mi')];
    case 'claim-template':
      return [
        sizeProblem(`${subject} size`, volume.size, '20Gi'),
        volume.storageClass !== undefined && subdomainProblem(`${subject} storageClass`, volume.storageClass),
      ];
    case 'host-path':
      return [
        absolutePathProblem(`${subject} path`, volume.path),
        hasBackstep(volume.path) && `${subject} path '${volume.path}' has '..': write the path without it`,
        { code: 'host-path', problem: `${subject} is ${volume.path} of the node: remove it` },
      ];
  }
}
