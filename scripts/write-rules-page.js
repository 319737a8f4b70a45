'use strict';
// Writes docs/reference/rules.md from the catalogue of rules (lib/core/rules.ts, compiled into dist).
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const PAGE = path.join(ROOT, 'docs', 'reference', 'rules.md');

const INTRODUCTION = `# Rules

Generated from \`lib/core/rules.ts\` by \`npm run docs:rules\`.

A construct that breaks one of these rules does not synthesize, unless the rule is acknowledged with a reason, on the construct's
scope or anywhere above it, before the construct is created:

\`\`\`ts
acknowledge(scope, 'host-path', 'reads the log files of the containers on its node');
\`\`\`

An environment takes its acknowledgements as data: \`acknowledge: { 'public-api-open': 'a demonstration' }\`. Every acknowledgement
is in the synthesized stack and in \`quayside report\`. \`synthesize\` names those that nothing needs any longer on stderr.
`;

const SCANNERS = `## Findings of scanners

A scanner's finding is acknowledged on the resource that it is about, by the scanner's own code:

- checkov: \`CKV_AWS_18\`, \`CKV2_AWS_62\`, \`CKV_K8S_11\`
- kube-score: \`kube-score/\` and the check, such as \`kube-score/networkpolicy-targets-pod\`

\`scripts/checkov.js\` and \`scripts/kube-score.js\` compare these with what the scanners find.
`;

/** The page's text. */
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
