/** A fault put on purpose into a copy of the engine: the simulation must notice it. */
export interface Mutant {
  readonly name: string;
  /** In the project. */
  readonly file: string;
  /** Must occur there exactly once. */
  readonly find: string;
  readonly replace: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'commits past a hole',
    file: 'local/mapping/commit/watermark.ts',
    find: 'const first = slice.records[0];',
    replace: 'const first = slice.records.at(-1);',
  },
  {
    name: 'commits what is in flight',
    file: 'local/mapping/commit/watermark.ts',
    find: 'for (const slice of partition.slices) {',
    replace: 'for (const slice of partition.slices.slice(1)) {',
  },
  {
    name: 'loses the tail of what comes again, read as listed-only',
    file: 'local/mapping/work/next-step.ts',
    find: 'return records.filter((record) => listed.has(record.offset));',
    replace: 'return records.filter((record) => listed.has(record.offset)).slice(0, 1);',
  },
  {
    name: 'loses the tail of what comes again, read as from-lowest',
    file: 'local/mapping/work/next-step.ts',
    find: 'return records.slice(first);',
    replace: 'return records.slice(first, first + 1);',
  },
  {
    name: 'loses the last record of the right half of a split',
    file: 'local/mapping/work/bisect.ts',
    find: 'right.push(part(slice, taken, slice.records.length));',
    replace: 'right.push(part(slice, taken, Math.max(taken + 1, slice.records.length - 1)));',
  },
  {
    name: 'forgets a throttled batch',
    file: 'local/mapping/work/end-invocation.ts',
    find: 'waitBefore(state, work, backOffDelay(knobs.backoff, work.setbacks, random));',
    replace: 'backOffDelay(knobs.backoff, work.setbacks, random);',
  },
  {
    name: 'takes a throttle for an attempt that the function failed',
    file: 'local/mapping/work/end-invocation.ts',
    find: "if (input.result.kind === 'not-reached') repeatLater(",
    replace:
      "if (input.result.kind === 'not-reached') endAttempt(state, work, { kind: 'function-error', reason: 'thrown', errorType: 'E', errorMessage: '' });\n  else if (input.result.kind === 'not-reached') repeatLater(",
  },
  {
    name: 'takes a function error for a success',
    file: 'local/mapping/work/next-step.ts',
    find: 'return afterFailure(ended, rules.bisect, rules);',
    replace: 'return [];',
  },
  {
    name: 'dead-letters twice',
    file: 'local/mapping/work/discard.ts',
    find: "state.commands.push({ kind: 'deliver', delivery: work.number, batch });",
    replace:
      "state.commands.push({ kind: 'deliver', delivery: work.number, batch }, { kind: 'deliver', delivery: work.number, batch });",
  },
  {
    name: 'gives up an attempt too early',
    file: 'local/mapping/work/next-step.ts',
    find: 'group.attempts >= rules.maximumAttempts ?',
    replace: 'group.attempts + 1 >= rules.maximumAttempts ?',
  },
  {
    name: 'gives up an attempt too late',
    file: 'local/mapping/work/next-step.ts',
    find: 'group.attempts >= rules.maximumAttempts ?',
    replace: 'group.attempts > rules.maximumAttempts ?',
  },
  {
    name: 'starts a half of a split before the other half is resolved',
    file: 'local/mapping/work/work-order.ts',
    find: 'if (first) push(state.startable, work);',
    replace: 'if (first || work.slices.length > 0) push(state.startable, work);',
  },
  {
    name: 'has six batches in flight at a poller',
    file: 'local/mapping/work/start-work.ts',
    find: 'const CONCURRENT_BATCHES = 5;',
    replace: 'const CONCURRENT_BATCHES = 6;',
  },
  {
    name: 'forgets a commit that failed',
    file: 'local/mapping/commit/commit-offsets.ts',
    find: '    state.toCommit.add(partition);\n',
    replace: '',
  },
  {
    name: 'goes on with a partition that was revoked',
    file: 'local/mapping/read/assign-partitions.ts',
    find: '  partition.lost = true;\n',
    replace: '',
  },
  {
    name: 'sleeps on when its timer goes off too early',
    file: 'local/mapping/apply-input.ts',
    find: '      state.wakeAt = Number.NaN;\n',
    replace: '',
  },
  {
    name: 'counts a dropped record as delivered to the destination',
    file: 'local/mapping/work/discard.ts',
    find: "endDiscard(state, work, 'dropped');\n}",
    replace: "endDiscard(state, work, 'discarded');\n}",
  },
  {
    name: 'goes on behind records that were fetched and never brought',
    file: 'local/mapping/read/fetching.ts',
    find: '  partition.position = first.offset;\n',
    replace: '',
  },
  {
    name: 'never gives back the room that it kept for a fetch',
    file: 'local/mapping/read/fetching.ts',
    find: '  state.reservedBytes -= partition.reservedBytes;\n',
    replace: '',
  },
  {
    name: 'keeps the room of a partition that was revoked',
    file: 'local/mapping/read/assign-partitions.ts',
    find: '  state.bufferedBytes -= partition.queueBytes;\n',
    replace: '',
  },
  {
    name: 'keeps the place of an invocation whose partition was revoked',
    file: 'local/mapping/work/end-invocation.ts',
    find: '  work.poller.inFlight -= 1;\n',
    replace: '  if (!work.slices.some(({ partition }) => partition.lost)) work.poller.inFlight -= 1;\n',
  },
  {
    name: 'takes a revoked partition along in a commit',
    file: 'local/mapping/read/assign-partitions.ts',
    find: '  state.toCommit.delete(partition);\n',
    replace: '',
  },
  {
    name: 'takes records for older than they are',
    file: 'local/mapping/work/start-work.ts',
    find: 'splitExpired(records, maximumRecordAge, state.wall)',
    replace: 'splitExpired(records, maximumRecordAge, state.wall + 30_000)',
  },
];
