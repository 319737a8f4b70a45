import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { checkAtSynth } from './check';
import { perStack } from './claims';

interface Former {
  readonly id: string;
  readonly isLatest: boolean;
}

const formersOf = perStack(() => new Map<IConstruct, Former>());

/**
 * Names the former id of a construct that was renamed: every resource below it moves within the state, by `moved` blocks,
 * instead of being destroyed and created. Also of nested constructs: an inner rename is taken for the older one, unless it
 * is the latest.
 */
export function formerly(
  construct: Construct,
  formerId: string | undefined,
  { latest = false }: { readonly latest?: boolean } = {},
): void {
  if (formerId === undefined || formerId === construct.node.id) return;
  const stack = TerraformStack.of(construct);
  const formers = formersOf(stack);
  if (formers.size === 0) new MovedBlocks(stack, 'moved', formers);
  formers.set(construct, { id: formerId, isLatest: latest });
  checkAtSynth(construct, () => [
    construct.node.scope?.node.tryFindChild(formerId) !== undefined &&
      `it was formerly '${formerId}', which exists: remove this former name, or rename in two applies, the first one without the other '${formerId}'`,
  ]);
}

interface MovedBlock {
  readonly from: string;
  readonly to: string;
}

/** The `moved` blocks of a stack, one step per rename: Terraform follows chains, and accepts one source per address. */
class MovedBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly formers: ReadonlyMap<IConstruct, Former>,
  ) {
    super(scope, id);
  }

  override toTerraform(): { readonly moved: readonly MovedBlock[] } {
    const renamed = [...this.formers.keys()].flatMap(({ node }) => node.findAll());
    return {
      moved: [...new Set(renamed.filter(TerraformResource.isTerraformResource))].flatMap((resource) =>
        this.movesOf(resource),
      ),
    };
  }

  private movesOf(resource: TerraformResource): readonly MovedBlock[] {
    const type = resource.terraformResourceType;
    const scopes = resource.node.scopes.slice(resource.cdktfStack.node.scopes.length);
    const address = (ids: readonly string[]) => `${type}.${logicalId(resource.cdktfStack, ids)}`;
    const renamed = scopes
      .map((scope, depth) => ({ scope, depth, former: this.formers.get(scope) }))
      .filter(({ former }) => former !== undefined)
      .reverse();
    // From the oldest path to the current one: inner constructs are renamed first, but for the latest renames.
    let ids = scopes.map((scope) => this.formers.get(scope)?.id ?? scope.node.id);
    return [
      ...renamed.filter(({ former }) => !former?.isLatest),
      ...renamed.filter(({ former }) => former?.isLatest),
    ].map(({ scope, depth }) => {
      const from = address(ids);
      ids = ids.map((id, index) => (index === depth ? scope.node.id : id));
      return { from, to: address(ids) };
    });
  }
}

/** The id that cdktf gives to a resource with this path. */
function logicalId(stack: TerraformStack, ids: readonly string[]): string {
  const scopes = [...stack.node.scopes, ...ids.map((id) => ({ node: { id } }))];
  // Protected, but the only public form of cdktf's naming; it reads nothing else of a node.
  return (stack as unknown as { allocateLogicalId(node: unknown): string }).allocateLogicalId({ scopes });
}
