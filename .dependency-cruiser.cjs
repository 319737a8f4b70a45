'use strict';
const AWS_AND_KUBERNETES = ['core', 'iam', 'network', 'dns', 'kubernetes', 'registry', 'load-balancing', 'cluster'];
// The direction of folders: what each may import, besides itself.
const MAY_IMPORT = {
  core: [],
  iam: ['core'],
  network: ['core', 'iam'],
  dns: ['core', 'iam'],
  kubernetes: ['core'],
  registry: ['core', 'iam'],
  'load-balancing': ['core', 'iam', 'network', 'dns'],
  cluster: ['core', 'iam', 'network', 'kubernetes'],
  platform: AWS_AND_KUBERNETES,
  addons: [...AWS_AND_KUBERNETES, 'platform'],
  helm: ['core', 'kubernetes', 'platform'],
  workloads: ['core', 'kubernetes', 'platform'],
  backing: [...AWS_AND_KUBERNETES, 'platform', 'workloads'],
  environment: [...AWS_AND_KUBERNETES, 'platform'],
};
const KUBERNETES_FOLDERS = ['kubernetes', 'platform', 'addons', 'workloads', 'backing', 'environment'];

const direction = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `direction-of-${folder}`,
  comment: `lib/${folder} may import only: ${['versions.ts', folder, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { path: '^lib/', pathNot: `^lib/(versions\\.ts$|(${[folder, ...allowed].join('|')})/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...direction,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'helm-is-opt-in',
      comment: 'Whoever imports no chart needs no Helm provider: only lib/helm, an entry point of its own, has it.',
      severity: 'error',
      from: { path: '^lib/(?!helm/)' },
      to: { path: '^lib/helm/|@cdktf/provider-helm' },
    },
    {
      name: 'testing-is-not-a-construct',
      comment: 'Test kit, commands, report and offline plan read what was synthesized; no construct needs them.',
      severity: 'error',
      from: { path: '^(lib/(?!testing|cli|offline|report|index)|stacks|examples)', pathNot: '\\.test\\.ts$' },
      to: { path: '^lib/(testing|cli|offline|report)/' },
    },
    {
      name: 'report-reads-what-was-written',
      comment:
        'A report knows no construct: Terraform as it was synthesized, how images and quantities are written, and the rules.',
      severity: 'error',
      from: { path: '^lib/report/' },
      to: {
        path: '^lib/|^node_modules/(cdktf|constructs|@cdktf)/',
        pathNot:
          '^lib/(report/|core/(format|rules)\\.ts|offline/terraform-json\\.ts|kubernetes/(image-ref|quantity)\\.ts)',
      },
    },
    {
      name: 'offline-plan-stands-alone',
      comment: 'The offline plan reads synthesized stacks of any cdktf app: it knows no construct.',
      severity: 'error',
      from: { path: '^lib/offline/' },
      to: { path: '^lib/', pathNot: '^lib/(offline|core)/' },
    },
    {
      name: 'proving-ground-stands-alone',
      comment: 'The proving ground reads synthesized stacks and runs them: it knows no construct. Only its app does.',
      severity: 'error',
      from: { path: '^prove/(?!app/)' },
      to: { path: '^(lib|stacks|examples|prove/app)/|^node_modules/(cdktf|constructs|@cdktf)/' },
    },
    {
      name: 'public-entry-points-only',
      comment: 'Stacks, examples and what the proving ground proves use the library as its users do.',
      severity: 'error',
      from: { path: '^(stacks|examples|prove/app)/' },
      to: { path: '^lib/', pathNot: '^lib/(index|testing/(index|jest))\\.ts$' },
    },
    {
      name: 'deep-provider-imports',
      comment: 'The root of a provider package loads every resource: import @cdktf/provider-aws/lib/<resource>.',
      severity: 'error',
      from: { path: '^(lib|stacks|examples|test)/' },
      to: { path: 'node_modules/@cdktf/provider-[^/]+/lib/(index|lazy-index)\\.' },
    },
    {
      name: 'kubernetes-provider',
      comment: `Only ${KUBERNETES_FOLDERS.join(', ')} speak to the cluster.`,
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(${KUBERNETES_FOLDERS.join('|')})/` },
      to: { path: '@cdktf/provider-kubernetes' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.d.ts'] },
  },
};
