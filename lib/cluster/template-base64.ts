import { Lazy } from 'cdktf';

/** cdktf's placeholder for a value known after apply. */
const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/;
/** Terraform's own template sequences. */
const TEMPLATE_MARK = /([$%])\{/g;
const INTERPOLATION = /^\$\{(.*)\}$/s;

/**
 * `base64encode` of a text that may contain tokens. cdktf's `Fn.base64encode` breaks on double quotes, and
 * `Fn.rawString` drops the braces of references.
 */
export function base64OfTemplate(text: string): string {
  return Lazy.stringValue({
    produce: (context) => {
      const parts = text.split(TOKEN).map((part) => {
        if (!TOKEN.test(part)) return JSON.stringify(part).slice(1, -1).replace(TEMPLATE_MARK, '$1$1{');
        // cdktf resolves it with or without the braces.
        return `\${${String(context.resolve(part)).replace(INTERPOLATION, '$1')}}`;
      });
      return `\${base64encode("${parts.join('')}")}`;
    },
  });
}
