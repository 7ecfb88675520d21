import { expect } from 'vitest';
import { matchers } from './matchers.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The function answered, explicitly, that nothing comes again. */
    toSucceed: () => R;
    /** The function reported exactly these records, in any order: `['order-events-2@1042']`. */
    toReportFailures: (positions: readonly string[]) => R;
  }
}

expect.extend(matchers);
