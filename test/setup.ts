import { withoutStackTraces } from '../lib/core/stack-traces';

withoutStackTraces();
