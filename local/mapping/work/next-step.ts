/**
 * What becomes of a batch when its invocation has ended: which records are resolved and what follows for the others.
 * A pure function over the sizes and the verdict; section numbers are those of the reference algorithm (8.3).
 */

import type { Knobs } from '../knobs.ts';
import { bisect } from './bisect.ts';

export type StepVerdict =
  | { readonly kind: 'success' }
  | { readonly kind: 'partial'; readonly failed: ReadonlyMap<string, ReadonlySet<number>> }
  | { readonly kind: 'function-error' }
  | { readonly kind: 'invalid-response' };

export interface StepRules {
  /** R87: attempts allowed, the first included; infinity when there is no limit. */
  readonly maximumAttempts: number;
  readonly bisect: boolean;
  readonly knobs: Pick<
    Knobs,
    | 'partialReading'
    | 'retryGrouping'
    | 'counterOnProgress'
    | 'bisectCountsAsRetry'
    | 'bisectCut'
    | 'bisectOnInvalidResponse'
  >;
}

export interface StepSlice<R> {
  readonly partition: { readonly key: string };
  readonly records: readonly R[];
}

/** Records that are not resolved yet, to be sent again or given up. In order: earlier ones go first. */
export interface FollowUp<S> {
  readonly kind: 'retry' | 'give-up';
  readonly slices: readonly S[];
  readonly attempts: number;
  readonly reported: boolean;
  /** A half of a split batch goes out at once; a repeated batch waits. */
  readonly backOff: boolean;
}

interface Ended<S> {
  readonly slices: readonly S[];
  readonly attempts: number;
  readonly reported: boolean;
}

/** R87: N retries are 1 + N attempts. R91, documented: -1 with a destination is 10. R90: -1 without one has no limit. */
export function maximumAttempts(maximumRetryAttempts: number, hasDestination: boolean): number {
  if (maximumRetryAttempts >= 0) return 1 + maximumRetryAttempts;
  return hasDestination ? 1 + 10 : Number.POSITIVE_INFINITY;
}

/** Everything in `ended` that is in no follow-up is resolved. */
export function nextStep<R extends { readonly offset: number }, S extends StepSlice<R>>(
  ended: Ended<S>,
  verdict: StepVerdict,
  rules: StepRules,
): readonly FollowUp<S>[] {
  switch (verdict.kind) {
    case 'success':
      return [];
    case 'partial':
      return afterPartial(ended, verdict.failed, rules);
    case 'function-error':
      return afterFailure(ended, rules.bisect, rules);
    case 'invalid-response':
      // R107, assumed: no split.
      return afterFailure(ended, rules.bisect && rules.knobs.bisectOnInvalidResponse === 'on', rules);
  }
}

function afterFailure<R extends { readonly offset: number }, S extends StepSlice<R>>(
  ended: Ended<S>,
  mayBisect: boolean,
  rules: StepRules,
): readonly FollowUp<S>[] {
  const { reported } = ended;
  // R103, documented for streams: splitting uses up no attempt; R103a: so it comes before giving up.
  const counts = rules.knobs.bisectCountsAsRetry === 'on';
  const attempts = ended.attempts + 1;
  const halves = mayBisect ? bisect<R, S>(ended.slices, rules.knobs.bisectCut) : [];
  // R102, assumed: a single record is retried by the normal count.
  if (halves.length < 2 || (counts && attempts > rules.maximumAttempts - 1)) {
    return [retryOrGiveUp({ slices: ended.slices, attempts, reported }, rules)];
  }
  return halves.map((slices) => ({
    kind: 'retry',
    slices,
    attempts: counts ? attempts : ended.attempts,
    reported,
    backOff: false,
  }));
}

/**
 * R106, assumed: a valid partial answer never splits. R93: reported failures count as attempts, as errors do.
 * R86a: partitions without a reported record are resolved. R86b: the others are retried, each for itself.
 */
function afterPartial<R extends { readonly offset: number }, S extends StepSlice<R>>(
  ended: Ended<S>,
  failed: ReadonlyMap<string, ReadonlySet<number>>,
  rules: StepRules,
): readonly FollowUp<S>[] {
  const groups: { slice: S; attempts: number }[] = [];
  for (const slice of ended.slices) {
    const listed = failed.get(slice.partition.key);
    if (listed === undefined) continue;
    const records = comingAgain(slice.records, listed, rules.knobs.partialReading);
    // R88, observed: the first, mixed invocation counts; R89: progress inside the partition may reset the count.
    const reset = rules.knobs.counterOnProgress === 'reset' && records.length < slice.records.length;
    groups.push({ slice: { ...slice, records }, attempts: reset ? 0 : ended.attempts + 1 });
  }
  if (
    rules.knobs.retryGrouping === 'merged' &&
    groups.every((group) => group.attempts === groups[0]?.attempts)
  ) {
    return mergeGroups(groups, rules);
  }
  return groups.map(({ slice, attempts }) =>
    retryOrGiveUp({ slices: [slice], attempts, reported: true }, rules),
  );
}

/** R86c: several groups share a retry; given up, each still is one destination record (R86b, R123). */
function mergeGroups<S>(
  groups: readonly { readonly slice: S; readonly attempts: number }[],
  rules: StepRules,
): readonly FollowUp<S>[] {
  const attempts = groups[0]?.attempts;
  if (attempts === undefined) return [];
  return [retryOrGiveUp({ slices: groups.map(({ slice }) => slice), attempts, reported: true }, rules)];
}

/** R86e: the listed records, or everything from the lowest listed offset on. R86d: one group a partition. */
function comingAgain<R extends { readonly offset: number }>(
  records: readonly R[],
  listed: ReadonlySet<number>,
  reading: Knobs['partialReading'],
): readonly R[] {
  if (reading === 'listed-only') return records.filter((record) => listed.has(record.offset));
  const first = records.findIndex((record) => listed.has(record.offset));
  return records.slice(first);
}

/** R92, R98: after the last attempt the whole remaining group is given up (R99, observed: also what was never attempted). */
function retryOrGiveUp<S>(group: Ended<S>, rules: StepRules): FollowUp<S> {
  const kind = group.attempts >= rules.maximumAttempts ? 'give-up' : 'retry';
  return { kind, ...group, backOff: true };
}
