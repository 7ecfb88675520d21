import type { Plan } from '../plan/plan.ts';
import { hold } from '../violation.ts';
import { nameOf, type SimLog, type SimRecord } from './ledger.ts';

/** The time in which one member has a partition, and what must hold in it whatever the mapping does. */
export interface Tenure {
  readonly log: SimLog;
  /** By offset: 1 when the answer, a delivery to the destination or a drop has resolved the record in this tenure. */
  readonly resolved: Uint8Array;
  /** By offset: 1 when the record was given up in this tenure. */
  readonly givenUp: Uint8Array;
  /** By offset: how often the function had the record in this tenure. */
  readonly attempts: Uint16Array;
  /** Offsets below are resolved, filtered or gaps. */
  resolvedTo: number;
  /** Offset behind the last fetch. */
  fetchedTo: number;
  /** Where the last fetch asked for records. */
  asked: number;
  /** The end of the log that the last fetch told. */
  toldEnd: number;
  /** The batch in flight that holds records of the partition. */
  batch: number | undefined;
}

/** Some records of one tenure that go through something together. */
export interface Share {
  readonly tenure: Tenure;
  readonly records: readonly SimRecord[];
}

export function createTenure(log: SimLog, position: number): Tenure {
  const size = log.slots.length;
  return {
    log,
    resolved: new Uint8Array(size),
    givenUp: new Uint8Array(size),
    attempts: new Uint16Array(size),
    resolvedTo: position,
    fetchedTo: position,
    asked: position,
    toldEnd: -1,
    batch: undefined,
  };
}

export function resolveShares(shares: readonly Share[]): void {
  for (const { tenure, records } of shares) {
    for (const { offset } of records) tenure.resolved[offset] = 1;
  }
}

function advance(tenure: Tenure): number {
  const { log, resolved } = tenure;
  for (; tenure.resolvedTo < log.end; tenure.resolvedTo += 1) {
    const record = log.slots[tenure.resolvedTo];
    if (record?.inScope === true && resolved[record.offset] === 0) break;
  }
  return tenure.resolvedTo;
}

/** I9: a commit never passes a record that is not resolved. */
export function checkCommit(tenure: Tenure, offset: number): void {
  const { log } = tenure;
  const open = advance(tenure);
  hold(offset <= open, 'I9', () => `commit of ${log.partition}@${offset} passes ${log.partition}@${open}`);
  const { fetchedTo } = tenure;
  hold(
    offset <= fetchedTo,
    'I9',
    () => `commit of ${log.partition}@${offset} passes the last fetch at ${fetchedTo}`,
  );
}

/** R42, R104: nothing later of a partition is sent while something earlier is unresolved or in flight. */
export function checkStart({ tenure, records }: Share): void {
  const [first] = records;
  if (first === undefined) return;
  hold(
    tenure.batch === undefined,
    'R42',
    () => `${nameOf(first)} was sent while a batch of its partition was in flight`,
  );
  const open = advance(tenure);
  hold(
    open >= first.offset,
    'R42',
    () => `${nameOf(first)} was sent while ${tenure.log.partition}@${open} was open`,
  );
  for (const record of records) {
    hold(tenure.resolved[record.offset] === 0, 'R86a', () => `${nameOf(record)} was sent again, resolved`);
  }
}

/** R87: 1 + N invocations of the same work; a split comes on top where it uses no attempt. */
export function countAttempt({ tenure, records }: Share, limits: AttemptLimits): void {
  for (const record of records) {
    const attempts = (tenure.attempts[record.offset] ?? 0) + 1;
    tenure.attempts[record.offset] = attempts;
    hold(attempts <= limits.most, 'R87', () => `${nameOf(record)} had attempt ${attempts} of ${limits.most}`);
  }
}

/** What is given up was not resolved, was not given up before (no double dead letter), and had all its attempts. */
export function checkGivenUp(share: Share, condition: string, limits: AttemptLimits): void {
  const { tenure, records } = share;
  for (const record of records) {
    const { offset } = record;
    hold(tenure.resolved[offset] === 0, 'R98', () => `${nameOf(record)} was given up after it was resolved`);
    hold(tenure.givenUp[offset] === 0, 'R98', () => `${nameOf(record)} was given up twice`);
    tenure.givenUp[offset] = 1;
    if (condition !== 'RetryAttemptsExhausted') continue;
    const attempts = tenure.attempts[offset] ?? 0;
    hold(
      attempts >= limits.least,
      'R94',
      () => `${nameOf(record)} was given up after ${attempts} attempts of ${limits.least}`,
    );
  }
}

export interface AttemptLimits {
  /** Attempts that a record must have had before it is given up for them. */
  readonly least: number;
  /** Attempts that it may have. */
  readonly most: number;
}

export function attemptLimits({ config, knobs }: Plan): AttemptLimits {
  const { maximumRetryAttempts: retries, destination, batchSize } = config;
  const capped = retries === -1 && destination !== undefined ? 10 : retries;
  const least = capped === -1 ? Number.POSITIVE_INFINITY : 1 + capped;
  // A batch of n is split about log2(n) times until its parts are single records.
  const splits = config.bisectBatchOnFunctionError ? Math.ceil(Math.log2(batchSize)) + 3 : 0;
  const most = knobs.counterOnProgress === 'reset' ? Number.POSITIVE_INFINITY : least + splits;
  return { least, most };
}
