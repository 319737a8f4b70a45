import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';

/** CPU architecture of an AMI, as spelled in EKS's image names. */
export type Architecture = 'arm64' | 'x86_64';

/** Family and size. */
const FORM = /^[a-z0-9-]+\.[a-z0-9-]+$/;
/** `m7gd` is series `m`, generation 7, attributes `gd`; a dash starts a suffix: `m7i-flex`. */
const FAMILY = /^[a-z]+(?:-[a-z0-9]*?tb)?(?<generation>\d+)(?<attributes>[a-z]*)(?:-(?<suffix>[a-z0-9]+))?$/;
/** The first Graviton family predates the attribute `g`. */
const ARM_BEFORE_GRAVITON_NAMES = new Set(['a1']);
/** Grace and Blackwell in one package, as in `p6e-gb200`. */
const GRACE = /^gb\d/;
/** Mac instances: available in EC2, but not as EKS nodes. */
const MAC = /^mac\d/;

/**
 * The CPU architecture of an instance type, from its name; undefined for an unknown pattern, which is left for AWS to
 * validate. Source: "Amazon EC2 instance type naming conventions" (the attribute `g` is AWS Graviton),
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture | undefined {
  const family = familyOf(instanceType);
  if (ARM_BEFORE_GRAVITON_NAMES.has(family)) return 'arm64';
  const parts = FAMILY.exec(family)?.groups;
  if (!parts || MAC.test(family)) return undefined;
  const graviton = parts['attributes']?.includes('g') || GRACE.test(parts['suffix'] ?? '');
  return graviton ? 'arm64' : 'x86_64';
}

/** AMD GPUs, unlike the other families of series g. */
const AMD_GPUS = /^g4ad$/;
const NVIDIA = /^(?:p|g|gr)\d/;
const NEURON = /^(?:inf|trn)\d/;

/**
 * The drivers that an instance type needs. Source: "Accelerated computing",
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
export function acceleratorOf(instanceType: string): 'none' | 'nvidia' | 'neuron' {
  const family = familyOf(instanceType);
  if (NEURON.test(family)) return 'neuron';
  return NVIDIA.test(family) && !AMD_GPUS.test(family) ? 'nvidia' : 'none';
}

const EXAMPLES: Readonly<Record<Architecture, string>> = { arm64: 'm7g.large', x86_64: 'm7i.large' };

export function instanceTypeProblems(instanceTypes: readonly string[], architecture: Architecture): readonly Problem[] {
  const example = EXAMPLES[architecture];
  if (instanceTypes.length === 0) return [`instanceTypes is empty: list at least one, such as ${example}`];
  const repeated = duplicates(instanceTypes).map((type) => `instanceTypes has '${type}' twice: remove one`);
  const wrong = [...new Set(instanceTypes)].flatMap((type) => {
    if (!Token.isUnresolved(type) && !FORM.test(type))
      return [`instanceTypes has '${type}', which is not a valid instance type: use a name such as ${example}`];
    if (MAC.test(familyOf(type)))
      return [
        `instanceTypes has '${type}', but EKS does not support Mac instances: use another type, such as ${example}`,
      ];
    const actual = architectureOf(type);
    if (actual === undefined || actual === architecture) return [];
    return [`instanceTypes has '${type}', which is ${actual}, but architecture is ${architecture}: change one of them`];
  });
  return [...repeated, ...wrong];
}

function familyOf(instanceType: string): string {
  return instanceType.split('.')[0] ?? '';
}
