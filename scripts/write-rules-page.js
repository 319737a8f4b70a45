'use strict';
// Generates docs/reference/rules.md from lib/core/rules.ts, compiled to dist.
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const PAGE = path.join(ROOT, 'docs', 'reference', 'rules.md');

const INTRODUCTION = `# Rules

Generated from \`lib/core/rules.ts\` by \`npm run docs:rules\`.

A construct that breaks one of these rules does not synthesize, unless the rule is acknowledged with a reason, on the
construct's scope or an ancestor, before the construct is created:

\`\`\`ts
acknowledge(scope, 'host-path', 'reads the log files of the containers on its node');
\`\`\`

An environment accepts acknowledgements as data: \`acknowledge: { 'public-api-open': 'a demonstration' }\`. All
acknowledgements are recorded in the synthesized stack and in \`quayside report\`. \`synthesize\` reports those that are no
longer needed on stderr.
`;

const SCANNERS = `## Scanner findings

Acknowledge a scanner's finding on the resource that it reports, by the scanner's own code:

- checkov: \`CKV_AWS_18\`, \`CKV2_AWS_62\`, \`CKV_K8S_11\`
- kube-score: \`kube-score/\` and the check, such as \`kube-score/networkpolicy-targets-pod\`

\`scripts/checkov.js\` and \`scripts/kube-score.js\` compare these with the scanners' findings.
`;

function rulesPage(rules) {
  const topics = [...new Set(Object.values(rules).map(({ topic }) => topic))];
  const sections = topics.map((topic) => {
    const entries = Object.entries(rules).filter(([, rule]) => rule.topic === topic);
    return [`## ${topic}\n`, ...entries.map(ruleEntry)].join('\n');
  });
  return [INTRODUCTION, ...sections, SCANNERS].join('\n');
}

function ruleEntry([code, { title, reason, remedy }]) {
  return `### \`${code}\`\n\n${title}.\n\n- Why: ${reason}\n- Remedy: ${remedy}\n`;
}

module.exports = { PAGE, rulesPage };

if (require.main === module) {
  const { RULES } = require('../dist/lib/core/rules');
  fs.mkdirSync(path.dirname(PAGE), { recursive: true });
  fs.writeFileSync(PAGE, rulesPage(RULES));
}
