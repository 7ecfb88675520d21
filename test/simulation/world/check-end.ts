import type { MappingStatus } from '../../../local/mapping/mapping-status.ts';
import { hold } from '../violation.ts';
import { checkEnded, DISCARDED, DONE, DROPPED, nameOf, PARKED, type SimRecord } from './ledger.ts';
import type { Member } from './member.ts';
import type { World } from './world.ts';

/** When all is quiet: every record has come to an end that its fate allows, and every counter says so. */
export function checkEnd(world: World): void {
  for (const log of world.logs) {
    checkEnded(log, log.finalEnd);
    for (const record of log.records) checkRecord(world, record);
  }
  for (const member of world.members) {
    if (member.alive) checkCounters(world, member);
  }
  const [only, ...others] = world.members;
  if (only !== undefined && others.length === 0 && world.generation === 1 && !world.truncated)
    checkIdentities(world, only);
}

function checkRecord(world: World, record: SimRecord): void {
  const { inScope, end } = record;
  const { kind } = record.planned.fate;
  if (!inScope) {
    hold(end === 0 && record.tries === 0, 'R136', () => `${nameOf(record)} was filtered and handled`);
    return;
  }
  const never = kind === 'permanent' || kind === 'undecodable' || kind === 'oversized' || kind === 'refused';
  hold(!never || (end & DONE) === 0, 'I1', () => `${nameOf(record)}, which ${kind}, was handled`);
  hold((end & PARKED) === 0 || world.plan.park, 'I1', () => `${nameOf(record)} was parked nowhere`);
  const given = end & (DISCARDED | DROPPED);
  const mayBeGivenUp = world.limits.least < Number.POSITIVE_INFINITY || ageOrKind();
  hold(given === 0 || mayBeGivenUp, 'R98', () => `${nameOf(record)} was given up by no rule`);

  function ageOrKind(): boolean {
    return kind === 'oversized' || kind === 'refused' || world.plan.config.maximumRecordAge >= 0;
  }
}

/** What a mapping counts is what the world saw it do. */
function checkCounters(world: World, { number, state, tally }: Member): void {
  const status = world.engine.statusOf(state);
  const { metrics } = status;
  const expected: Readonly<Record<string, number>> = {
    InvokedEventCount: tally.invoked,
    FailedInvokeEventCount: tally.failed,
    InvokeErrorCount: tally.invokeErrors,
    OnFailureDestinationDeliveredEventCount: tally.discarded,
    OnFailureDestinationDeliveryErrorCount: tally.deliveryErrors,
    DroppedEventCount: tally.dropped,
    CommitErrorCount: tally.commitErrors,
  };
  for (const [name, value] of Object.entries(expected)) {
    hold(
      metrics[name] === value,
      'C20',
      () => `mapping ${number}: ${name} is ${metrics[name]}, seen were ${value}`,
    );
  }
  const { invocations } = status;
  hold(invocations === tally.invocations, 'C20', () => `mapping ${number} counts ${invocations} invocations`);
  hold(metrics.OffsetLag === 0, 'C20', () => `mapping ${number} has a lag of ${metrics.OffsetLag}`);
}

/** Of a mapping that had all partitions from the beginning to the end. */
function checkIdentities(world: World, { state }: Member): void {
  const status = world.engine.statusOf(state);
  const { metrics } = status;
  const total = world.logs.reduce((sum, { records }) => sum + records.length, 0);
  const end = world.logs.reduce((sum, { finalEnd }) => sum + finalEnd, 0);
  const resolved = status.partitions.reduce((sum, partition) => sum + resolvedIn(partition), 0);
  hold(metrics.PolledEventCount === total, 'C20', () => `${metrics.PolledEventCount} of ${total} polled`);
  hold(resolved === total, 'C20', () => `${resolved} of ${total} records are accounted for`);
  hold(
    metrics.CommittedEventCount === end,
    'C20',
    () => `${metrics.CommittedEventCount} of ${end} committed`,
  );
}

function resolvedIn({
  succeeded,
  discarded,
  dropped,
  filtered,
}: MappingStatus['partitions'][number]): number {
  return succeeded + discarded + dropped + filtered;
}
