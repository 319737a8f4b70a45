/**
 * Text that reaches its reader as it stands. Terraform would replace `${...}` and `%{...}`, which configuration files and
 * arguments of programs are full of; references in the text, which cdktf writes as `${TfToken[...]}`, stay references.
 * Source: "Strings and Templates", Terraform language documentation.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, '$1$1{');
}
