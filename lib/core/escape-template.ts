/**
 * Escapes `${...}` and `%{...}`, common in configuration files and arguments, which Terraform would interpolate.
 * cdktf's own references, `${TfToken[...]}`, stay references.
 * Source: "Strings and Templates", https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, '$1$1{');
}
