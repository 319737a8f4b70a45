import type { ConstructPaths } from '../workspace/construct-paths';

/** An error or a warning of Terraform. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  /** The addresses that it concerns; several for a cycle. */
  readonly addresses: readonly string[];
  /** The construct paths of those addresses. */
  readonly paths: readonly string[];
}

/** A diagnostic in Terraform's machine-readable output. */
interface JsonDiagnostic {
  readonly severity: string;
  readonly summary?: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** A line of `terraform plan -json` and similar commands. */
export interface JsonMessage {
  readonly type?: string;
  readonly '@timestamp'?: string;
  readonly diagnostic?: JsonDiagnostic;
  readonly hook?: {
    readonly resource?: { readonly addr: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
    /** Of an object that exists. */
    readonly id_value?: string;
  };
}

const STACK_FILE = 'cdk.tf.json';

export function parseMessages(output: string): readonly JsonMessage[] {
  return output.split('\n').flatMap((line) => {
    const message = parseMessage(line);
    return message ? [message] : [];
  });
}

export function parseMessage(line: string): JsonMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as JsonMessage;
  } catch {
    return undefined;
  }
}

/** The diagnostics among messages, each with the constructs that it concerns. */
export function diagnosticsOf(messages: readonly JsonMessage[], paths: ConstructPaths): readonly Diagnostic[] {
  const objects = messages.flatMap(({ hook }) =>
    hook?.id_value && hook.resource ? [{ id: hook.id_value, address: hook.resource.addr }] : [],
  );
  return messages.flatMap(({ diagnostic }) => (diagnostic ? [located(diagnostic, paths, objects)] : []));
}

/** An object that an operation was about. */
interface KnownObject {
  readonly id: string;
  readonly address: string;
}

function located(
  { severity, summary = '', detail = '', address, range }: JsonDiagnostic,
  paths: ConstructPaths,
  objects: readonly KnownObject[],
): Diagnostic {
  const written = range?.filename.endsWith(STACK_FILE) ? paths.addressAt(range.start.line) : undefined;
  // Terraform gives no address for a failed deletion.
  const own = address ?? written ?? objects.find(({ id }) => summary.split(/[\s,]|:(?=\s)/).includes(id))?.address;
  const addresses = own === undefined ? paths.addressesIn(`${summary} ${detail}`) : [own];
  return {
    severity: severity === 'error' ? 'error' : 'warning',
    summary,
    detail,
    addresses,
    paths: addresses.flatMap((one) => paths.path(one) ?? []),
  };
}
