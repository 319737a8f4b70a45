import { isRecord } from '../../core/record';
import type { SkippedProvisioners } from '../results';
import type { TerraformJson } from '../terraform-json';
import { hclBlocks, HclError, lineAt, type HclBlock } from './hcl';
import { mapBodies } from './json-bodies';
import { protectedIn, type ProtectedResource } from './protection';
import { withoutProvisioners } from './provisioners';
import { withoutSettings, UNUSED_SETTINGS } from './settings';

/** A configuration file as an offline run uses it. */
export interface IsolatedFile {
  /** The text without what must not be run; the lines of native syntax keep their numbers. */
  readonly text: string;
  /** The line of the first thing that was removed. */
  readonly line: number;
  readonly skipped: readonly SkippedProvisioners[];
  readonly protectedResources: readonly ProtectedResource[];
  /** What cannot be removed from it. */
  readonly problems: readonly FileProblem[];
}

export interface FileProblem {
  readonly line: number;
  readonly problem: string;
}

/** The files that Terraform and OpenTofu load from a directory. */
export const CONFIGURATION_FILE = /^[^.].*\.(tf|tofu)(\.json)?$/;
/** What an offline run must not leave in a file. Without these words, a file that cannot be read is left to Terraform. */
const SUSPICIOUS = /\b(provisioner|terraform_remote_state|encryption|backend|cloud)\b/;
const READS_STATE =
  'reads a state outside this run: read it in the stack itself, with a DataTerraformRemoteState construct';

/** Takes what an offline run must not execute or reach out of a file in either of Terraform's syntaxes. */
export function isolatedFile(name: string, text: string): IsolatedFile {
  return name.endsWith('.json') ? isolatedJson(text) : isolatedHcl(text);
}

function isolatedHcl(text: string): IsolatedFile {
  try {
    return withoutBlocks(text, hclBlocks(text));
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return unreadable(text, lineAt(text, error.offset), error.message);
  }
}

function unreadable(text: string, line: number, reason: string): IsolatedFile {
  const problem = `cannot be read, so that what it would run is unknown: ${reason}`;
  const problems = SUSPICIOUS.test(text) ? [{ line, problem }] : [];
  return { text, line, skipped: [], protectedResources: [], problems };
}

function withoutBlocks(text: string, blocks: readonly HclBlock[]): IsolatedFile {
  const removed: HclBlock[] = [];
  const skipped: SkippedProvisioners[] = [];
  const problems: FileProblem[] = [];
  for (const block of blocks) {
    if (block.type === 'data' && block.labels[0] === 'terraform_remote_state') {
      problems.push({ line: lineAt(text, block.start), problem: `${addressOf(block, text)} ${READS_STATE}` });
    }
    const unused = unusedBlocks(block);
    removed.push(...unused);
    const types = unused.filter(({ type }) => type === 'provisioner').map(({ labels }) => labels[0] ?? '');
    if (types.length > 0) skipped.push({ address: addressOf(block, text), types });
  }
  return {
    text: removed.reduce(blanked, text),
    line: lineAt(text, removed[0]?.start ?? 0),
    skipped,
    protectedResources: blocks.flatMap(protectedBlock),
    problems,
  };
}

function unusedBlocks({ type, blocks }: HclBlock): readonly HclBlock[] {
  if (type === 'resource' || type === 'removed') {
    return blocks.filter((inner) => inner.type === 'provisioner' || inner.type === 'connection');
  }
  return type === 'terraform' ? blocks.filter((inner) => UNUSED_SETTINGS.includes(inner.type)) : [];
}

function addressOf({ type, labels, start, end }: HclBlock, text: string): string {
  if (type === 'removed') return /\bfrom\s*=\s*(\S+)/.exec(text.slice(start, end))?.[1] ?? 'removed';
  return [...(type === 'resource' ? [] : [type]), ...labels].join('.');
}

function protectedBlock({ type, labels: [resource, name], attributes, blocks }: HclBlock): ProtectedResource[] {
  if (type !== 'resource' || resource === undefined || name === undefined) return [];
  const lifecycle = blocks.find((inner) => inner.type === 'lifecycle');
  const found = protectedIn(resource, name, attributes, lifecycle?.attributes.includes('prevent_destroy') === true);
  return found ? [found] : [];
}

/** Keeps the line numbers of what follows. */
function blanked(text: string, { start, end }: HclBlock): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
}

function isolatedJson(text: string): IsolatedFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return unreadable(text, 1, (error as Error).message);
  }
  // The root may be an array of objects, each a part of the configuration.
  const parts = (Array.isArray(parsed) ? parsed : [parsed]).filter(isRecord) as readonly TerraformJson[];
  const problems = parts.flatMap((part) => stateReads(part, text));
  const isolated = parts.map((part) => withoutProvisioners(withoutSettings(part)));
  return {
    // Always rewritten: Terraform would also read a property that is repeated, and that parsing drops.
    text: `${JSON.stringify(
      isolated.map(({ json }) => json),
      null,
      2,
    )}\n`,
    line: lineAt(text, text.indexOf('"provisioner"')),
    skipped: isolated.flatMap(({ skipped }) => skipped),
    protectedResources: parts.flatMap(protectedInJson),
    problems,
  };
}

function stateReads({ data }: TerraformJson, text: string): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  mapBodies(data, 2, (body, labels) => {
    if (labels[0] === 'terraform_remote_state') {
      const line = lineAt(text, text.indexOf(`"${labels[1]}"`));
      problems.push({ line, problem: `data.${labels.join('.')} ${READS_STATE}` });
    }
    return body;
  });
  return problems;
}

function protectedInJson({ resource }: TerraformJson): readonly ProtectedResource[] {
  const found: ProtectedResource[] = [];
  mapBodies(resource, 2, (body, [type = '', name = '']) => {
    const lifecycles = [body['lifecycle'] ?? []].flat().filter(isRecord);
    const isGuarded = lifecycles.some(({ prevent_destroy }) => prevent_destroy !== undefined);
    const one = protectedIn(type, name, Object.keys(body), isGuarded);
    if (one) found.push(one);
    return body;
  });
  return found;
}
