import type { MappingState, PartitionState, Poller } from '../../../local/mapping/mapping-state.ts';
import type { Deque } from '../../../local/mapping/support/deque.ts';
import { hold } from '../violation.ts';

/**
 * What the engine keeps so that it need not count again must be what counting gives: room that is never given back
 * stops a mapping only after hours, and no run here lasts that long.
 */
export function checkState(state: MappingState): void {
  let buffered = 0;
  let reserved = 0;
  const pollers = new Map<Poller, { records: number; bytes: number }>();
  for (const partition of state.partitions.values()) {
    checkPartition(state, partition);
    buffered += partition.queueBytes;
    reserved += partition.reservedBytes;
    if (!partition.ready) continue;
    const ready = pollers.get(partition.poller) ?? { records: 0, bytes: 0 };
    ready.records += queued(partition.queue).length;
    ready.bytes += partition.queueBytes + partition.overhead;
    pollers.set(partition.poller, ready);
  }
  same('bufferedBytes', state.bufferedBytes, buffered);
  same('reservedBytes', state.reservedBytes, reserved);
  for (const poller of new Set([...state.pollers, ...pollers.keys()])) {
    const ready = pollers.get(poller) ?? { records: 0, bytes: 0 };
    same('readyRecords', poller.readyRecords, ready.records);
    same('readyBytes', poller.readyBytes, ready.bytes);
    for (const partition of poller.closable) truly(partition.ready, `closable ${partition.key} is not ready`);
  }
  checkInFlight(state);
}

function checkPartition(state: MappingState, partition: PartitionState): void {
  const { key, queue, slices, poller } = partition;
  const records = queued(queue);
  same(
    `queueBytes of ${key}`,
    partition.queueBytes,
    records.reduce((sum, { bytes }) => sum + bytes + 1, 0),
  );
  truly(partition.ready === poller.ready.has(partition), `${key} is ready and its poller does not know`);
  truly(state.pollers.includes(poller), `${key} belongs to a poller that is gone`);
  truly(!partition.ready || slices.length === 0, `${key} is ready and has unresolved work`);
  truly(
    partition.ready || slices.length > 0 || records.length === 0,
    `${key} has ${records.length} records that nobody will take`,
  );
  for (const { work } of slices) truly(work.phase !== 'done', `${key} waits for work that is done`);
  truly(partition.committed <= partition.offered, `${key} has committed what was never offered`);
}

/** R43 rests on it: an invocation that is forgotten would hold its place for ever. */
function checkInFlight(state: MappingState): void {
  const inFlight = new Map<Poller, number>(state.pollers.map((poller) => [poller, 0]));
  for (const { poller, discard } of state.underWay.values()) {
    if (discard === undefined) inFlight.set(poller, (inFlight.get(poller) ?? 0) + 1);
  }
  for (const [poller, count] of inFlight) same(`inFlight of poller ${poller.index}`, poller.inFlight, count);
}

function queued<T>({ items, head }: Deque<T>): readonly T[] {
  return items.slice(head) as readonly T[];
}

function same(what: string, kept: number, counted: number): void {
  hold(kept === counted, 'C20', () => `the engine keeps ${what} as ${kept}, and it is ${counted}`);
}

function truly(holds: boolean, what: string): void {
  hold(holds, 'R42', () => what);
}
