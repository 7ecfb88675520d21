import type { MappingCommand } from '../../../local/mapping/mapping-output.ts';
import { hold } from '../violation.ts';
import { crash } from './group.ts';
import { checkEnded } from './ledger.ts';
import { feed, type Member } from './member.ts';
import { checkCommit } from './tenure.ts';
import { faultStrikes, latency, later, remember, tell, type World } from './world.ts';

type Commit = MappingCommand & { readonly kind: 'commit' };

export function commit(world: World, member: Member, { commit: id, offsets }: Commit): void {
  for (const [partition, offset] of offsets) {
    const tenure = member.tenures.get(partition);
    hold(tenure !== undefined, 'R47', () => `commit of partition ${partition}, which is not its own`);
    if (tenure === undefined) continue;
    checkCommit(tenure, offset);
    checkEnded(tenure.log, offset);
  }
  tell(world, [...offsets.keys()], () => `mapping ${member.number} commits ${JSON.stringify([...offsets])}`);
  if (faultStrikes(world, world.plan.faults.crashBeforeCommit)) {
    crash(world, member);
    return;
  }
  later(world, latency(world), () => arrive(world, member, { id, offsets }));
}

function arrive(
  world: World,
  member: Member,
  { id, offsets }: { readonly id: number; readonly offsets: Commit['offsets'] },
): void {
  const fault = faultStrikes(world, world.plan.faults.commitError);
  // What the member still has is taken, whatever it has lost.
  const own = new Map([...offsets].filter(([partition]) => world.owners[partition] === member));
  const tooLate = own.size < offsets.size;
  // Half of the faults lose only the broker's answer.
  const taken = !fault || world.random() < 0.5;
  if (taken) take(world, own);
  const error = tooLate ? 'the partition has another owner' : fault ? 'the broker did not answer' : undefined;
  tell(
    world,
    [...offsets.keys()],
    () => `commit ${taken ? `taken of ${[...own.keys()]}` : 'not taken'}, answer: ${error ?? 'fine'}`,
  );
  later(world, latency(world), () => {
    if (error !== undefined && member.alive) member.tally.commitErrors += 1;
    const ended = { kind: 'commit-ended', commit: id } as const;
    feed(world, member, error === undefined ? ended : { ...ended, error });
  });
}

function take(world: World, offsets: Commit['offsets']): void {
  for (const [partition, offset] of offsets) {
    const before = world.committed.get(partition) ?? 0;
    hold(
      offset >= before,
      'I9',
      () => `the commit of partition ${partition} goes back from ${before} to ${offset}`,
    );
    world.committed.set(partition, offset);
    remember(world, 1, partition, offset);
  }
}
