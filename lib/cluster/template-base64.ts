import { Lazy } from 'cdktf';

/** How a value that Terraform has yet to compute stands in a text. */
const TOKEN = /(\$\{TfToken\[[^\]]+\]\})/;
/** What Terraform would read as a template of its own. */
const TEMPLATE_MARK = /([$%])\{/g;
const INTERPOLATION = /^\$\{(.*)\}$/s;

/**
 * Terraform's base64 of a text that may hold tokens. cdktf's `Fn.base64encode` takes no text with double quotes, and
 * `Fn.rawString` loses the braces of references.
 */
export function base64OfTemplate(text: string): string {
  return Lazy.stringValue({
    produce: (context) => {
      const parts = text.split(TOKEN).map((part) => {
        if (!TOKEN.test(part)) return JSON.stringify(part).slice(1, -1).replace(TEMPLATE_MARK, '$1$1{');
        // With or without its braces, as cdktf happens to resolve it.
        return `\${${String(context.resolve(part)).replace(INTERPOLATION, '$1')}}`;
      });
      return `\${base64encode("${parts.join('')}")}`;
    },
  });
}
