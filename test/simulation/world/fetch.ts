import type { MappingCommand } from '../../../local/mapping/mapping-output.ts';
import type { Fetched } from '../../../local/source/record-source.ts';
import { EXPIRED, type SimLog } from './ledger.ts';
import { feed, type Member } from './member.ts';
import type { Tenure } from './tenure.ts';
import { faultStrikes, latency, later, tell, type World } from './world.ts';

type Fetch = MappingCommand & { readonly kind: 'fetch' };

export function answerFetch(world: World, member: Member, command: Fetch): void {
  const { fetch, request } = command;
  const { partition } = request;
  if (faultStrikes(world, world.plan.faults.fetchError)) {
    tell(world, [partition], () => `fetch of ${partition}@${request.offset} fails`);
    const failed = {
      kind: 'fetch-failed',
      partition,
      fetch,
      outOfRange: false,
      message: 'no leader',
    } as const;
    later(world, latency(world), () => feed(world, member, failed));
    return;
  }
  const tenure = member.tenures.get(partition);
  const log = world.logs[partition];
  if (log === undefined || tenure === undefined) return;
  tenure.asked = request.offset;
  if (request.offset < log.start) {
    tenure.toldEnd = -1;
    const message = 'it is gone';
    const failed = { kind: 'fetch-failed', partition, fetch, outOfRange: true, message } as const;
    later(world, latency(world), () => feed(world, member, failed));
    return;
  }
  const empty = faultStrikes(world, world.plan.faults.emptyFetch);
  const news = empty || tenure.toldEnd !== log.end;
  whenReadable(world, log, { from: request.offset, news }, () => {
    const fetched = empty
      ? { partition, records: [], nextOffset: request.offset, endOffset: log.end }
      : readLog(log, request.offset, request.maxRecords);
    tenure.toldEnd = log.end;
    tenure.fetchedTo = Math.max(tenure.fetchedTo, fetched.nextOffset);
    feed(world, member, { kind: 'fetched', fetch, fetched });
  });
}

/**
 * A fetch at the end waits for what is written next: at the end of all it is never answered, so that a mapping that
 * sleeps is noticed.
 */
function whenReadable(world: World, log: SimLog, fetch: WaitingFetch, then: () => void): void {
  if (fetch.from < log.end || fetch.news) {
    later(world, latency(world), then);
    return;
  }
  log.waiting.push(then);
}

interface WaitingFetch {
  readonly from: number;
  /** Whether there is something to tell besides records. */
  readonly news: boolean;
}

function readLog(log: SimLog, from: number, most: number): Fetched {
  const records = [];
  let next = from;
  for (; next < log.end && records.length < most; next += 1) {
    const record = log.slots[next];
    if (record !== undefined) records.push(record.planned.source);
  }
  return { partition: log.partition, records, nextOffset: next, endOffset: log.end };
}

type FindPosition = MappingCommand & { readonly kind: 'find-position' };

/** R56: what lies between the offset that is gone and the one where reading goes on is lost, and no fault of the mapping. */
export function answerPosition(world: World, member: Member, { partition, fetch, at }: FindPosition): void {
  const log = world.logs[partition];
  const tenure = member.tenures.get(partition);
  if (log === undefined || tenure === undefined) return;
  const offset = at === 'latest' ? log.end : log.start;
  expire(tenure, offset);
  tenure.fetchedTo = Math.max(tenure.fetchedTo, offset);
  const found = { kind: 'position-found', partition, fetch, offset } as const;
  later(world, latency(world), () => feed(world, member, found));
}

function expire({ log, resolved, asked }: Tenure, to: number): void {
  for (const record of log.slots.slice(asked, to)) {
    if (record === undefined) continue;
    resolved[record.offset] = 1;
    if (record.inScope && record.end === 0) record.end = EXPIRED;
  }
}

/** The topic's retention takes the oldest records. */
export function truncate(world: World, log: SimLog, start: number): void {
  tell(world, [log.partition], () => `partition ${log.partition} loses what is before ${start}`);
  log.start = start;
  world.truncated = true;
}

/** Writes what is still to come up to an offset, and answers the fetches that wait for it. */
export function appendTo(world: World, log: SimLog, end: number): void {
  tell(world, [log.partition], () => `partition ${log.partition} is written up to ${end}`);
  log.end = Math.max(log.end, end);
  for (const answer of log.waiting.splice(0)) later(world, latency(world), answer);
}
