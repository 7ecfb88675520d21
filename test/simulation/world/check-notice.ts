import type { MappingNotice } from '../../../local/mapping/mapping-output.ts';
import { hold } from '../violation.ts';
import { DISCARDED, DROPPED, nameOf } from './ledger.ts';
import { countShares, type Member, sharesOf } from './member.ts';
import { checkGivenUp, resolveShares, type Share } from './tenure.ts';
import { type World, wallTime } from './world.ts';

/** Whether what the mapping tells of records that it gave up is true. */
export function checkNotice(world: World, member: Member, notice: MappingNotice): void {
  if (notice.kind !== 'discarded' && notice.kind !== 'dropped') return;
  const shares = sharesOf(member, notice.records);
  const count = notice.records.reduce((sum, { offsets }) => sum + offsets.length, 0);
  member.tally[notice.kind] += count;
  // With a destination that was checked when the batch was handed to it.
  if (world.plan.config.destination === undefined) checkGiveUp(world, shares, notice.condition);
  if (notice.kind === 'dropped') markDropped(world, notice);
  else hold(shares.every(isDiscarded), 'R98', () => `${count} records count as discarded and are nowhere`);
  if (countShares(shares) > 0) resolveShares(shares);
}

function isDiscarded({ records }: Share): boolean {
  return records.every(({ end }) => (end & DISCARDED) !== 0);
}

function markDropped(world: World, notice: MappingNotice & { kind: 'discarded' | 'dropped' }): void {
  for (const { partition, offsets } of notice.records) {
    for (const offset of offsets) {
      const record = world.logs[partition]?.slots[offset];
      if (record !== undefined) record.end |= DROPPED;
    }
  }
}

/** Records are given up by a rule and never without one. */
export function checkGiveUp(world: World, shares: readonly Share[], condition: string): void {
  const { plan, limits } = world;
  for (const share of shares) {
    checkGivenUp(share, condition, limits);
    for (const record of share.records) {
      const { fate, source } = record.planned;
      hold(
        isFit(condition, fate.kind) || (condition === plan.knobs.ageCondition && isOld(source.timestamp)),
        'R119',
        () => `${nameOf(record)}, which ${fate.kind}, was given up for ${condition}`,
      );
    }
  }

  function isOld(timestamp: number): boolean {
    const { maximumRecordAge } = plan.config;
    // Whether it was too old is decided when its batch is made, which may be before the clock was set back.
    const wall = Math.max(wallTime(world), world.latestWall);
    return maximumRecordAge >= 0 && wall - timestamp > maximumRecordAge;
  }
}

function isFit(condition: string, fate: string): boolean {
  if (condition === 'MaximumPayloadSizeExceeded') return fate === 'oversized';
  if (condition === 'SCHEMA_NOT_FOUND') return fate === 'refused';
  return condition === 'RetryAttemptsExhausted' && fate !== 'oversized' && fate !== 'refused';
}
