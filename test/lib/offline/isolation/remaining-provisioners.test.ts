import { remainingIn } from '../../../../lib/offline/isolation/remaining-provisioners';

const state = (name: string) => ({
  address: `data.terraform_remote_state.${name}`,
  mode: 'data',
  type: 'terraform_remote_state',
  name,
});
const inModule = (resource: object) => ({ module_calls: { m: { module: { resources: [resource] } } } });
const executing = { address: 'terraform_data.a', mode: 'managed', provisioners: [{ type: 'local-exec' }] };

test.each<[string, object, string[]]>([
  ['nothing', {}, []],
  ["the stack's own remote state", { resources: [state('own')] }, []],
  [
    'another remote state',
    { resources: [state('x')] },
    ['data.terraform_remote_state.x reads a state outside this run'],
  ],
  [
    'a remote state in a module, whatever its name',
    inModule(state('own')),
    ['module.m.data.terraform_remote_state.own reads a state outside this run'],
  ],
  [
    'a provisioner',
    { resources: [executing] },
    ['terraform_data.a has a local-exec provisioner, which could not be removed for an offline run'],
  ],
  [
    'a provisioner in a module',
    inModule(executing),
    ['module.m.terraform_data.a has a local-exec provisioner, which could not be removed for an offline run'],
  ],
])('finds %s', (_, root, summaries) => {
  expect(remainingIn({ root_module: root }, ['own']).map(({ summary }) => summary)).toEqual(summaries);
});
