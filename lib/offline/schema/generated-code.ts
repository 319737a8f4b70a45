/** A settable argument, from the entry that generated code writes for it when it renders HCL. */
export interface Argument {
  /** The expression that renders it: names the mapper and, for objects, the struct. */
  readonly value: string;
  readonly isBlock: boolean;
  readonly kind: 'simple' | 'list' | 'set' | 'map' | 'struct';
  /** `string`, `numberList`, `stringMap`, or the class of a struct. */
  readonly storage: string;
}

/** What a class says about an attribute that it gives. */
export interface Flags {
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
}

/** A class: a resource, a data source, a provider, or a reference to a struct in one. */
export interface GeneratedClass {
  readonly name: string;
  /** The class of cdktf that it extends. */
  readonly base: string;
  readonly flags: Map<string, Flags>;
  /** The expression that reads an attribute: `this.getStringAttribute('arn')`. */
  readonly getters: Map<string, string>;
  /** The class that reads an attribute which holds objects, and whether it wraps a set. */
  readonly members: Map<string, { readonly className: string; readonly isSet: boolean }>;
  /** For a construct's class: its own arguments. */
  readonly arguments: Map<string, Argument>;
  /** The constructor's facts: `terraformResourceType`, `providerVersion`, ... */
  readonly facts: Map<string, string>;
}

/** A field of a props interface. */
export interface FieldDeclaration {
  readonly required: boolean;
  /** Whether its documentation calls it a block. */
  readonly documentedAsBlock: boolean;
}

/** What a generated file declares, by name. */
export interface GeneratedCode {
  readonly classes: Map<string, GeneratedClass>;
  readonly interfaces: Map<string, Map<string, FieldDeclaration>>;
  /** The arguments of a struct, by the prefix of its function: `acmCertificateOptions`. */
  readonly structs: Map<string, Map<string, Argument>>;
  /** The structs that spell out null for what is unset: those of attributes, never of blocks. */
  readonly nullFilled: Set<string>;
}

export function emptyCode(): GeneratedCode {
  return { classes: new Map(), interfaces: new Map(), structs: new Map(), nullFilled: new Set() };
}

const CLASS = /^(?:export )?class (\w+) extends cdktf\.(\w+) \{/;
const INTERFACE = /^export interface (\w+)\b/;
const HCL_FUNCTION = /^export function (\w+)ToHclTerraform\(/;
const FIELD = /^ {2}readonly (\w+)(\??): /;
const DOCUMENTED = /#(\w+) \w+#\1\}/;
const BLOCK_DOCUMENTATION = /^ {2}\* (\w+) block\b/;
const FLAGS = /^ {2}\/\/ (\S+) - computed: (\w+), optional: (\w+), required: (\w+)/;
const MEMBER = /= new (?:\w+\.)?(\w+)\(this, "(\w+)"(?:, (true|false))?\)/;
const GETTER = /^ {4}return (.*\('(\w+)'\).*);/;
const FACT = /^ {6,8}(\w+): '([^']*)'/;
const ENTRY_NAME = /^ {4,6}"?(\w+)"?: \{$/;
const ENTRY_LINE = /^ {6,8}(value|isBlock|type|storageClassType): (.*),$/;

/** Reads a generated file line by line into `code`. Its form is that of the cdktf provider generator. */
export function readGeneratedCode(source: string, code: GeneratedCode): void {
  let read: ((line: string) => void) | undefined;
  for (const line of source.split('\n')) {
    if (line === '}') read = undefined;
    else if (read) read(line);
    else read = declaration(line, code);
  }
}

function declaration(line: string, code: GeneratedCode): ((line: string) => void) | undefined {
  const first = line[0];
  if (first !== 'e' && first !== 'c') return undefined;
  const hcl = HCL_FUNCTION.exec(line);
  if (hcl) return readStruct(hcl[1]!, code);
  const type = INTERFACE.exec(line);
  if (type) return line.endsWith('}') ? undefined : readInterface(type[1]!, code);
  const cls = CLASS.exec(line);
  if (cls) return readClass(cls[1]!, cls[2]!, code);
  return undefined;
}

function readInterface(name: string, code: GeneratedCode): (line: string) => void {
  const fields = new Map<string, FieldDeclaration>();
  code.interfaces.set(name, fields);
  let attribute: string | undefined;
  let block: string | undefined;
  return (line) => {
    const field = FIELD.exec(line);
    if (field) {
      if (attribute !== undefined) {
        fields.set(attribute, { required: field[2] === '', documentedAsBlock: block === attribute });
      }
      attribute = block = undefined;
      return;
    }
    attribute = DOCUMENTED.exec(line)?.[1] ?? attribute;
    block = BLOCK_DOCUMENTATION.exec(line)?.[1] ?? block;
  };
}

function readStruct(name: string, code: GeneratedCode): (line: string) => void {
  const entries = new Map<string, Argument>();
  code.structs.set(name, entries);
  const readEntry = entryReader(entries);
  return (line) => {
    if (line.includes(' === undefined ? null : ')) code.nullFilled.add(name);
    readEntry(line);
  };
}

function readClass(name: string, base: string, code: GeneratedCode): (line: string) => void {
  const cls: GeneratedClass = {
    name,
    base,
    flags: new Map(),
    getters: new Map(),
    members: new Map(),
    arguments: new Map(),
    facts: new Map(),
  };
  code.classes.set(name, cls);
  const readEntry = entryReader(cls.arguments);
  let inHcl = false;
  return (line) => {
    if (inHcl) return readEntry(line);
    if (line.includes('synthesizeHclAttributes()')) inHcl = true;
    else readMember(line, cls);
  };
}

function readMember(line: string, cls: GeneratedClass): void {
  if (line.startsWith('  //')) {
    const flags = FLAGS.exec(line);
    if (flags) {
      cls.flags.set(flags[1]!, {
        computed: flags[2] === 'true',
        optional: flags[3] === 'true',
        required: flags[4] === 'true',
      });
    }
    return;
  }
  const member = line.includes('= new ') ? MEMBER.exec(line) : null;
  if (member) {
    cls.members.set(member[2]!, { className: member[1]!, isSet: member[3] === 'true' });
    return;
  }
  const getter = line.startsWith('    return ') ? GETTER.exec(line) : null;
  if (getter) {
    if (!cls.getters.has(getter[2]!)) cls.getters.set(getter[2]!, getter[1]!);
    return;
  }
  const fact = FACT.exec(line);
  if (fact) cls.facts.set(fact[1]!, fact[2]!);
}

/** Collects the five-line entries of a function that renders HCL. */
function entryReader(entries: Map<string, Argument>): (line: string) => void {
  let name: string | undefined;
  let parts: Record<string, string> = {};
  return (line) => {
    const start = ENTRY_NAME.exec(line);
    if (start) {
      name = start[1];
      parts = {};
      return;
    }
    const part = name === undefined ? null : ENTRY_LINE.exec(line);
    if (!part) return;
    parts[part[1]!] = part[2]!;
    if (part[1] !== 'storageClassType') return;
    entries.set(name!, {
      value: parts['value'] ?? '',
      isBlock: parts['isBlock'] === 'true',
      kind: (parts['type'] ?? '').slice(1, -1) as Argument['kind'],
      storage: part[2]!.slice(1, -1),
    });
    name = undefined;
  };
}
