import { isPromiseLike } from '../decode/promise-like.ts';

/** What a matcher of Vitest or Jest returns. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** Matchers for the answer of a function, for `expect.extend`. `lanewise/testing/vitest` adds them, with their types. */
export const matchers = {
  /** The function answered, explicitly, that nothing comes again. */
  toSucceed(answer: unknown): MatcherResult {
    const reported = reportedBy(answer);
    return {
      pass: reported?.length === 0,
      message: () =>
        reported?.length === 0
          ? 'expected the function to report a failure, and it reported none'
          : `expected every record to be done, but ${describe(reported, answer)}`,
    };
  },

  /** The function reported exactly these records, in any order: `['order-events-2@1042']`. */
  toReportFailures(answer: unknown, positions: readonly string[]): MatcherResult {
    const reported = reportedBy(answer);
    const actual = reported?.toSorted();
    const expected = positions.toSorted();
    const pass = actual !== undefined && isSame(actual, expected);
    return {
      pass,
      actual,
      expected,
      message: () =>
        pass
          ? `expected the function not to report exactly ${list(expected)}`
          : `expected the function to report ${list(expected)}, but ${describe(reported, answer)}`,
    };
  },
};

/** `undefined` for what is no answer at all: Lambda takes that for success, and nobody should mean it. */
function reportedBy(answer: unknown): readonly string[] | undefined {
  if (!Array.isArray(Object(answer).batchItemFailures)) return undefined;
  const positions = (Object(answer).batchItemFailures as readonly unknown[]).map((failure) => {
    const { partition, offset } = Object(Object(failure).itemIdentifier);
    return typeof partition === 'string' && typeof offset === 'number' ? `${partition}@${offset}` : undefined;
  });
  return positions.every((position) => position !== undefined) ? positions : undefined;
}

function describe(reported: readonly string[] | undefined, answer: unknown): string {
  if (reported !== undefined) return `it reported ${list(reported)}`;
  if (isPromiseLike(answer)) return 'it gave a promise, expected what that resolves to: await it first';
  return `it answered ${shown(answer)}, expected { batchItemFailures: [{ itemIdentifier: { partition, offset } }] }`;
}

/** As JSON, for that is how Lambda gets it. */
function shown(answer: unknown): string {
  const got = typeof answer === 'object' ? JSON.stringify(answer) : String(answer);
  return got.length > 200 ? `${got.slice(0, 200)}…` : got;
}

function list(positions: readonly string[]): string {
  const shown = positions.slice(0, 10).join(', ');
  return positions.length > 10 ? `${shown} and ${positions.length - 10} more` : shown || 'nothing';
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
