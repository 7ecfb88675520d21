import type { MappingCommand } from '../../../local/mapping/mapping-output.ts';
import { hold } from '../violation.ts';
import { checkGiveUp } from './check-notice.ts';
import { DISCARDED } from './ledger.ts';
import { feed, type Member, sharesOf } from './member.ts';
import { faultStrikes, latency, later, remember, tell, type World } from './world.ts';

type Deliver = MappingCommand & { readonly kind: 'deliver' };

/** The on-failure destination: what it takes is there at once, its answer comes later. */
export function deliver(world: World, member: Member, { delivery, batch }: Deliver): void {
  const ranges = Object.values(batch.payload.records).map((records) => ({
    partition: records[0]?.partition ?? -1,
    offsets: records.map(({ offset }) => offset),
  }));
  const shares = sharesOf(member, ranges);
  hold(shares.length === ranges.length, 'R47', () => 'records of a partition that is gone were given up');
  checkGiveUp(world, shares, batch.condition);
  const fault = faultStrikes(world, world.plan.faults.deliveryError);
  if (!fault || world.random() < 0.3) {
    for (const record of shares.flatMap(({ records }) => records)) {
      record.end |= DISCARDED;
      remember(world, 2, record.partition, record.offset);
    }
  }
  tell(
    world,
    ranges.map(({ partition }) => partition),
    () => `destination gets ${JSON.stringify(ranges)} for ${batch.condition}${fault ? ' and fails' : ''}`,
  );
  later(world, latency(world), () => {
    if (fault && member.alive) member.tally.deliveryErrors += 1;
    const ended = { kind: 'delivery-ended', delivery } as const;
    feed(world, member, fault ? { ...ended, error: 'the destination is not there' } : ended);
  });
}
