import { createHash } from 'node:crypto';
import { factsOf } from '../facts/facts';
import { isProtected, protectionOf } from '../facts/protection';
import type { Block, ProviderSchemas } from '../schema/schema';
import { canonical, isObject, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from '../wire/values';
import { awsPlanModifier } from './aws-plan-modifier';
import { fromState } from './from-state';
import { ComputedValues } from './computed-values';
import type { Operation, OperationLog } from './operation-log';
import { planChange, type PlannedChange } from './plan-change';
import { providerContext, type ProviderContext } from './provider-context';
import { missingArguments } from './required-arguments';
import { ServiceError } from './service-error';
import { invalidSyntax, type ConfigProblem } from './syntax';
import type { UniqueObjects } from './unique-objects';

/** Marks an imported object until it has been read once. */
export const IMPORTED = 'imported';

/**
 * A mock of a provider: the real schemas, and create, update and delete operations that return synthetic values in
 * place of AWS's or Kubernetes' response. They fail only where the service protects an object from deletion, and where
 * a name is in use. One instance per configured provider block.
 */
export class MockProvider {
  private context: ProviderContext = providerContext(null);

  constructor(
    readonly schemas: ProviderSchemas,
    private readonly log: OperationLog,
    private readonly objects: UniqueObjects,
  ) {}

  configure(config: Value): void {
    this.context = providerContext(config);
  }

  validate(kind: 'resource' | 'data', type: string, config: ObjectValue): readonly ConfigProblem[] {
    const missing = missingArguments(this.block(kind, type), config);
    return kind === 'resource' ? [...missing, ...invalidSyntax(this.schemas.name, type, config)] : missing;
  }

  upgrade(type: string, state: unknown): Value {
    return fromState(this.block('resource', type), state);
  }

  read(type: string, state: Value, imported: boolean): Value {
    return this.record('read', type, state, () =>
      imported && isObject(state)
        ? this.complete(type, unknownWhereComputed(this.block('resource', type), state))
        : state,
    );
  }

  plan(type: string, prior: Value, proposed: Value): PlannedChange | { readonly planned: null } {
    if (!isObject(proposed)) return { planned: null };
    const modifyPlan = this.schemas.name === 'aws' ? awsPlanModifier(this.context) : undefined;
    const change = { prior: isObject(prior) ? prior : null, proposed };
    return planChange(this.block('resource', type), factsOf(this.schemas.name, type), change, modifyPlan);
  }

  /** @throws ServiceError if the service would reject the change */
  apply(type: string, prior: Value, planned: Value): Value {
    const { name } = this.schemas;
    const before = isObject(prior) ? prior : null;
    if (!isObject(planned)) {
      if (before) this.checkProtection(type, before);
      this.objects.change(name, type, before, null, this.context);
      return this.record('delete', type, prior, () => null);
    }
    this.objects.check(name, type, before, planned, this.context);
    return this.record(before ? 'update' : 'create', type, null, () => {
      const after = this.complete(type, planned, before ?? undefined);
      this.objects.change(name, type, before, after, this.context);
      return after;
    });
  }

  private checkProtection(type: string, prior: ObjectValue): void {
    if (!isProtected(type, prior)) return;
    const { service, attribute, on } = protectionOf(type)!;
    const id = typeof prior['id'] === 'string' ? prior['id'] : type;
    throw new ServiceError(
      `${service} rejects the deletion of ${id}: deletion protection is on`,
      `${attribute} is ${JSON.stringify(prior[attribute] ?? on)}. Turn it off and apply, then destroy or replace it.`,
    );
  }

  import(type: string, id: string): Value {
    const block = this.block('resource', type);
    return this.record('import', type, null, () => ({ ...(fromState(block, {}) as ObjectValue), id }));
  }

  readData(type: string, config: ObjectValue): Value {
    return this.record('read-data', type, null, () => {
      const block = this.block('data', type);
      if (!isWhollyKnown(config)) throw new Error(`data.${type} was read before its configuration was known`);
      const own = factsOf(this.schemas.name, `data.${type}`);
      const facts = own.values ? own : factsOf(this.schemas.name, type);
      const planned = planChange(block, {}, { prior: null, proposed: config }).planned;
      return new ComputedValues(type, block, planned, facts, this.context, seedOf(type, config, 0)).complete();
    });
  }

  private complete(type: string, planned: ObjectValue, prior?: ObjectValue): ObjectValue {
    const facts = factsOf(this.schemas.name, type);
    const duplicateIndex = prior ? 0 : this.log.duplicateIndex(`${type} ${canonical(planned)}`);
    const computedValues = new ComputedValues(
      type,
      this.block('resource', type),
      planned,
      facts,
      this.context,
      seedOf(type, planned, duplicateIndex),
    );
    const created = computedValues.complete();
    if (!prior) return created;
    const counted: Record<string, Value> = { ...created };
    for (const name of facts.computedOnChange ?? []) {
      const before = prior[name];
      if (typeof before === 'number' && planned[name] === UNKNOWN) counted[name] = before + 1;
    }
    return counted;
  }

  private block(kind: 'resource' | 'data', type: string): Block {
    const block = (kind === 'resource' ? this.schemas.resources : this.schemas.dataSources)[type];
    if (!block)
      throw new Error(`${this.schemas.name} has no ${kind === 'data' ? 'data source' : 'resource type'} ${type}`);
    return block;
  }

  private record(operation: Operation['operation'], type: string, state: Value, run: () => Value): Value {
    const start = performance.now();
    const result = run();
    const object = isObject(result) ? result : state;
    const id = isObject(object) ? object['id'] : undefined;
    this.log.add({ operation, type, ...(typeof id === 'string' && { id }), start, end: performance.now() });
    return result;
  }
}

function seedOf(type: string, planned: ObjectValue, duplicateIndex: number): string {
  return createHash('sha256')
    .update(`${type} ${canonical(planned)} ${duplicateIndex}`)
    .digest('hex');
}

/** Only the id of an imported object is known; configurable attributes stay null. */
function unknownWhereComputed(block: Block, state: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      value === null && block.attributes[name]?.computed ? UNKNOWN : value,
    ]),
  );
}
