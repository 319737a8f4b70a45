import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';

/** What an AMI is built for, in the words of EKS's image names. */
export type Architecture = 'arm64' | 'x86_64';

/** Family and size. */
const FORM = /^[a-z0-9-]+\.[a-z0-9-]+$/;
/** `m7gd` is series `m`, generation 7, attributes `gd`; a dash starts what is no attribute: `m7i-flex`. */
const FAMILY = /^[a-z]+(?:-[a-z0-9]*?tb)?(?<generation>\d+)(?<attributes>[a-z]*)(?:-(?<suffix>[a-z0-9]+))?$/;
/** The first Graviton family, named before `g` stood for it. */
const ARM_BEFORE_GRAVITON_NAMES = new Set(['a1']);
/** Grace and Blackwell in one package, as in `p6e-gb200`. */
const GRACE = /^gb\d/;
/** Mac computers: on offer as EC2 instances, not as nodes. */
const MAC = /^mac\d/;

/**
 * The architecture that an instance type runs, from its name; undefined for a name of no known form, which is left
 * to AWS to judge. Source: "Amazon EC2 instance type naming conventions": the attribute `g` is AWS Graviton.
 */
export function architectureOf(instanceType: string): Architecture | undefined {
  const family = familyOf(instanceType);
  if (ARM_BEFORE_GRAVITON_NAMES.has(family)) return 'arm64';
  const parts = FAMILY.exec(family)?.groups;
  if (!parts || MAC.test(family)) return undefined;
  const graviton = parts['attributes']?.includes('g') || GRACE.test(parts['suffix'] ?? '');
  return graviton ? 'arm64' : 'x86_64';
}

/** What is wrong with the instance types of a group whose image is built for `architecture`. */
export function instanceTypeProblems(instanceTypes: readonly string[], architecture: Architecture): readonly Problem[] {
  if (typeof instanceTypes === 'string') return [`instanceTypes must be a list: write ['${String(instanceTypes)}']`];
  if (instanceTypes.length === 0) return ['instanceTypes is empty: name at least one'];
  const repeated = duplicates(instanceTypes).map((type) => `instanceTypes has '${type}' twice: drop one`);
  const wrong = [...new Set(instanceTypes)].flatMap((type) => {
    if (!Token.isUnresolved(type) && !FORM.test(type))
      return [`instanceTypes has '${type}', which names no size: write it like m7g.large`];
    if (MAC.test(familyOf(type))) return [`instanceTypes has '${type}': EKS runs no Mac nodes`];
    const actual = architectureOf(type);
    if (actual === undefined || actual === architecture) return [];
    return [`instanceTypes has '${type}', which is ${actual}, but architecture is ${architecture}: change one of them`];
  });
  return [...repeated, ...wrong];
}

function familyOf(instanceType: string): string {
  return instanceType.split('.')[0] ?? '';
}
