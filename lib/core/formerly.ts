import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { checkAtSynth } from './check';
import { perStack } from './claims';

const formersOf = perStack(() => new Map<IConstruct, string>());

/**
 * Names the former id of a construct that was renamed: every resource below it moves within the state, by `moved` blocks,
 * instead of being destroyed and created. Also of nested constructs: an inner rename is taken for the older one.
 */
export function formerly(construct: Construct, formerId: string | undefined): void {
  if (formerId === undefined || formerId === construct.node.id) return;
  const stack = TerraformStack.of(construct);
  const formers = formersOf(stack);
  if (formers.size === 0) new MovedBlocks(stack, 'moved', formers);
  formers.set(construct, formerId);
  checkAtSynth(construct, () => [
    construct.node.scope?.node.tryFindChild(formerId) !== undefined &&
      `it was formerly '${formerId}', which exists: what has moved leaves its old name; rename in two applies, or drop the former name`,
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
    private readonly formers: ReadonlyMap<IConstruct, string>,
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
    // From the oldest path to the current one: inner constructs are renamed first.
    let ids = scopes.map((scope) => this.formers.get(scope) ?? scope.node.id);
    return scopes
      .map((scope, depth) => ({ scope, depth }))
      .filter(({ scope }) => this.formers.has(scope))
      .reverse()
      .map(({ scope, depth }) => {
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
