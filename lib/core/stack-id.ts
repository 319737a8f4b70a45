import { checkData, type Problem } from './check';

/** What cdktf accepts: its commands read the other characters as patterns. */
const STACK_ID = /^[^\s*?[\]{}!]+$/;

/** Of a text that cannot be the id of a stack, for which cdktf and constructs have errors of their own. */
export function stackIdProblem(prop: string, text: string): Problem {
  // Constructs keep their children in an object.
  if (text in Object.prototype) return `${prop} '${text}' is the name of a property of every object: use another one`;
  return (
    !STACK_ID.test(text) &&
    `${prop} '${text}' must have no white space and none of *?[]{}!: use lowercase letters, digits and hyphens`
  );
}

/** @throws ValidationError instead of cdktf's own error */
export function stackId(id: string): string {
  checkData('stack', stackIdProblem('id', id));
  return id;
}
