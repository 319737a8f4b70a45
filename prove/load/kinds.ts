/** What a client does; `share` is its part of the rate. */
export interface RequestKind {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly connection: 'kept-alive' | 'new' | 'websocket';
  /** How long the backend takes to answer. */
  readonly waitMs: number;
  /** How long the client takes to send its body. */
  readonly uploadMs: number;
  readonly share: number;
}

const short = { waitMs: 5, uploadMs: 0 };

/** The long ones take less than the default deregistration delay, which is how long the slowest request may take. */
export const REQUEST_KINDS: readonly RequestKind[] = [
  { name: 'GET', method: 'GET', connection: 'kept-alive', ...short, share: 38 },
  { name: 'GET, new connection', method: 'GET', connection: 'new', ...short, share: 20 },
  { name: 'POST', method: 'POST', connection: 'kept-alive', ...short, share: 25 },
  { name: 'POST, new connection', method: 'POST', connection: 'new', ...short, share: 10 },
  { name: 'GET of 4 s', method: 'GET', connection: 'kept-alive', waitMs: 4000, uploadMs: 0, share: 3 },
  { name: 'upload of 4 s', method: 'POST', connection: 'kept-alive', waitMs: 5, uploadMs: 4000, share: 3 },
  { name: 'websocket of 4 s', method: 'GET', connection: 'websocket', waitMs: 4000, uploadMs: 0, share: 1 },
];

/** A list in which each kind has its share, in a mixed order that is always the same. */
export function sequence(kinds: readonly RequestKind[]): readonly RequestKind[] {
  const total = kinds.reduce((sum, { share }) => sum + share, 0);
  const credit = kinds.map(() => 0);
  return Array.from({ length: total }, () => {
    kinds.forEach(({ share }, index) => (credit[index]! += share));
    const next = credit.indexOf(Math.max(...credit));
    credit[next]! -= total;
    return kinds[next]!;
  });
}
