import { encodeValue, decodeValue } from '../wire/msgpack';
import { message, Message, type ProtobufField } from '../wire/protobuf';
import type { UnaryMethod } from '../wire/grpc-server';
import type { ObjectValue, Value } from '../wire/values';
import type { Path } from './plan-change';
import { IMPORTED, type MockProvider } from './mock-provider';
import { schemaResponse } from './schema-message';
import { ServiceError } from './service-error';
import type { ConfigProblem } from './syntax';

const ERROR = 1;
const IMPORTED_MARK = Buffer.from(IMPORTED);
const NOTHING = message();

/**
 * The methods of Terraform's plugin protocol 6 for a provider, by name. Field numbers are those of tfplugin6.proto.
 * Protocol 6 is protocol 5 plus nested attributes.
 */
export function providerMethods(provider: MockProvider): Readonly<Record<string, UnaryMethod>> {
  return {
    GetProviderSchema: () => cachedSchema(provider),
    GetMetadata: () => NOTHING,
    GetFunctions: () => NOTHING,
    GetResourceIdentitySchemas: () => NOTHING,
    StopProvider: () => NOTHING,
    ValidateProviderConfig: () => NOTHING,
    ConfigureProvider: answering(1, (request) => {
      provider.configure(value(request, 2));
      return [];
    }),
    ValidateResourceConfig: validating(provider, 'resource'),
    ValidateDataResourceConfig: validating(provider, 'data'),
    UpgradeResourceState: answering(2, (request) => {
      const state = JSON.parse(request.message(3).text(1) || 'null') as unknown;
      return [[1, dynamicValue(provider.upgrade(request.text(1), state))]];
    }),
    ReadResource: answering(2, (request) => {
      const imported = request.bytes(3).equals(IMPORTED_MARK);
      return [
        [1, dynamicValue(provider.read(request.text(1), value(request, 2), imported))],
        [3, imported ? IMPORTED_MARK : undefined],
      ];
    }),
    PlanResourceChange: answering(4, (request) => {
      const change = provider.plan(request.text(1), value(request, 2), value(request, 3));
      // The arguments of an imported object are unknown here: a difference does not mean a replacement.
      const replace = 'replace' in change && !request.bytes(5).equals(IMPORTED_MARK) ? change.replace : [];
      return [
        [1, dynamicValue(change.planned)],
        ...replace.map((path): ProtobufField => [2, attributePath(path)]),
        [5, LEGACY_TYPE_SYSTEM],
      ];
    }),
    ApplyResourceChange: answering(3, (request) => applied(provider, request)),
    ImportResourceState: answering(2, (request) => {
      const type = request.text(1);
      const state = dynamicValue(provider.import(type, request.text(2)));
      return [[1, message([1, type], [2, state], [3, IMPORTED_MARK])]];
    }),
    MoveResourceState: answering(2, (request) => {
      const state = JSON.parse(request.message(4).text(1) || 'null') as unknown;
      return [[1, dynamicValue(provider.upgrade(request.text(5), state))]];
    }),
    ReadDataSource: answering(2, (request) => [
      [1, dynamicValue(provider.readData(request.text(1), value(request, 2) as ObjectValue))],
    ]),
  };
}

/** A failed operation leaves the object as it was: without its state, Terraform would forget the object. */
function applied(provider: MockProvider, request: Message): readonly ProtobufField[] {
  const prior = value(request, 2);
  try {
    return [
      [1, dynamicValue(provider.apply(request.text(1), prior, value(request, 3)))],
      [4, LEGACY_TYPE_SYSTEM],
    ];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return [
      [1, dynamicValue(prior)],
      [3, diagnostic({ summary: error.summary, detail: error.detail, path: [] })],
      [4, LEGACY_TYPE_SYSTEM],
    ];
  }
}

/**
 * The mocked providers are built on the legacy SDK, which plans defaults and optional blocks that the configuration
 * does not contain; Terraform tolerates that only with this flag.
 */
const LEGACY_TYPE_SYSTEM = true;

const schemaResponses = new WeakMap<object, Buffer>();

function cachedSchema({ schemas }: MockProvider): Buffer {
  const known = schemaResponses.get(schemas);
  if (known) return known;
  const response = schemaResponse(schemas);
  schemaResponses.set(schemas, response);
  return response;
}

function validating(provider: MockProvider, kind: 'resource' | 'data'): UnaryMethod {
  return answering(1, (request) => {
    const problems = provider.validate(kind, request.text(1), value(request, 2) as ObjectValue);
    return problems.map((problem): ProtobufField => [1, diagnostic(problem)]);
  });
}

/** A method whose errors become diagnostics in field `diagnostics` of its response. */
function answering(diagnostics: number, answer: (request: Message) => readonly ProtobufField[]): UnaryMethod {
  return (bytes) => {
    try {
      return message(...answer(new Message(bytes)));
    } catch (error) {
      const problem = { summary: 'The mock provider failed', detail: (error as Error).message, path: [] };
      return message([diagnostics, diagnostic(problem)]);
    }
  };
}

/** A DynamicValue in a field of a request. */
function value(request: Message, field: number): Value {
  const bytes = request.message(field).bytes(1);
  return bytes.length === 0 ? null : decodeValue(bytes);
}

function dynamicValue(value: Value): Buffer {
  return message([1, encodeValue(value)]);
}

function diagnostic({ summary, detail, path }: ConfigProblem): Buffer {
  return message([1, ERROR], [2, summary], [3, detail], [4, path.length > 0 ? attributePath(path) : undefined]);
}

function attributePath(path: Path): Buffer {
  return message(...path.map((step): ProtobufField => [1, pathStep(step)]));
}

/** Writes an index even if it is zero, which `message` omits. */
function pathStep(step: string | number): Buffer {
  if (typeof step === 'string') return message([1, step]);
  return step === 0 ? Buffer.from([3 << 3, 0]) : message([3, step]);
}
