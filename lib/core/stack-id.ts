import { checkData } from './check';

/** What cdktf accepts: its commands read the other characters as patterns. */
const STACK_ID = /^[^\s*?[\]{}!]+$/;

/** Whether cdktf accepts it as the id of a stack. */
export function isStackId(text: string): boolean {
  return STACK_ID.test(text);
}

/** @throws ValidationError instead of cdktf's own error */
export function stackId(id: string): string {
  checkData(
    'stack',
    !isStackId(id) && `id '${id}' must have no white space and none of *?[]{}!: use letters and hyphens`,
  );
  return id;
}
