import type { Rejection } from '../finding';

/** Why a change is rejected, and what to do instead. */
export type Rejected = Pick<Rejection, 'reason' | 'steps'>;
