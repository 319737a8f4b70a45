import { TerraformLocal, Token } from 'cdktf';
import { escapeTemplate } from '../../../lib/core/escape-template';
import { synthStack } from '../../support/stack';

test.each([
  ['nothing special', 'nothing special'],
  ['${HOSTNAME} and %{record_type}', '$${HOSTNAME} and %%{record_type}'],
  ['$HOME, 100 %, {{ $labels.pod }}, a{b}', '$HOME, 100 %, {{ $labels.pod }}, a{b}'],
  ['$1 costs $$ {', '$1 costs $$ {'],
])('%s', (text, escaped) => {
  expect(escapeTemplate(text)).toBe(escaped);
});

test('a reference in the text stays a reference', () => {
  const stack = synthStack((scope) => {
    const region = new TerraformLocal(scope, 'region', 'eu-west-1');
    new TerraformLocal(scope, 'text', escapeTemplate(`\${HOSTNAME} in ${Token.asString(region.expression)}`));
  });
  expect(stack.json).toHaveProperty('locals', { region: 'eu-west-1', text: '$${HOSTNAME} in ${local.region}' });
});
