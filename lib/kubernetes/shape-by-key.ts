import { isRecord } from '../core/record';
import { shapeProblems, type AnyShape, type Shape } from '../core/shape';
import { formatValue } from '../core/format';

/** The members of a union that have a property. */
type MemberWith<T, K extends string> = Extract<T, { readonly [P in K]: unknown }>;

/** A shape for each member of a union, by a property that only this one has. */
type ShapesByKey<T, K extends string> = { readonly [P in K]: Shape<MemberWith<T, P>> };

/** A union whose members differ by a property that they have, such as `{ path, port }` and `{ tcp }`. */
export function byKey<T, K extends string>(expected: string, shapes: ShapesByKey<T, K>): Shape<T> {
  const entries = Object.entries(shapes) as [string, AnyShape][];
  const select = (given: object) => entries.find(([key]) => key in given)?.[1];
  return {
    expected,
    isLiteral: true,
    problems: (given, path) => {
      const selected = isRecord(given) ? select(given) : undefined;
      return selected
        ? shapeProblems(given, selected, path)
        : [`${path} must be ${expected}, got ${formatValue(given)}`];
    },
    withoutNulls: (given) => (isRecord(given) ? (select(given)?.withoutNulls(given) ?? given) : given),
  };
}
