import type { MappingNotice } from '../../../local/mapping/mapping-output.ts';
import { randomInteger } from '../../../local/random.ts';
import type { Disturbance } from '../plan/plan-faults.ts';
import { truncate } from './fetch.ts';
import { createMember, feed, type Member } from './member.ts';
import { createTenure } from './tenure.ts';
import { faultStrikes, latency, later, remember, tell, type World, wallTime } from './world.ts';

/** A new process joins the group. */
export function startMember(world: World): void {
  const member = createMember(world);
  tell(world, [], () => `mapping ${member.number} starts`);
  join(world, member);
}

function join(world: World, member: Member): void {
  member.joined = true;
  feed(world, member, { kind: 'assigned', partitions: [] });
  rebalance(world);
}

/** A process is gone from one moment to the next; the group notices later. */
export function crash(world: World, member: Member): void {
  tell(world, [...member.tenures.keys()], () => `mapping ${member.number} crashes`);
  remember(world, 4, member.number);
  member.alive = false;
  later(world, randomInteger(world.random, 1, 10_000), () => rebalance(world));
  replace(world);
}

/** There is always a process that will go on. */
function replace(world: World): void {
  if (world.members.some(({ alive, stopping }) => alive && !stopping)) return;
  world.expected += 1;
  later(world, randomInteger(world.random, 1, 5_000), () => {
    world.expected -= 1;
    startMember(world);
  });
}

/** Deals the partitions anew. Losers are told at once, gainers when they have looked up where to go on. */
export function rebalance(world: World): void {
  const joined = world.members.filter(({ alive, joined }) => alive && joined);
  world.generation += 1;
  const turn = randomInteger(world.random, 0, 5);
  const before = [...world.owners];
  for (const [partition] of world.owners.entries()) {
    world.owners[partition] = joined[(partition + turn) % Math.max(1, joined.length)];
  }
  for (const member of world.members) revoke(world, member, before);
  for (const member of joined) assign(world, member, before);
}

function revoke(world: World, member: Member, before: readonly (Member | undefined)[]): void {
  const lost = [...before.keys()].filter(
    (partition) => before[partition] === member && world.owners[partition] !== member,
  );
  if (lost.length === 0 || !member.alive) return;
  tell(world, lost, () => `mapping ${member.number} loses ${lost}`);
  for (const partition of lost) member.tenures.delete(partition);
  feed(world, member, { kind: 'revoked', partitions: lost });
}

function assign(world: World, member: Member, before: readonly (Member | undefined)[]): void {
  const gained = [...before.keys()].filter(
    (partition) => before[partition] !== member && world.owners[partition] === member,
  );
  const { generation } = world;
  if (gained.length > 0) later(world, latency(world), () => takeOn(world, member, { gained, generation }));
}

function takeOn(
  world: World,
  member: Member,
  { gained, generation }: { readonly gained: readonly number[]; readonly generation: number },
): void {
  if (!member.alive) return;
  // What a later rebalance has taken away meanwhile is left out; what it gave back comes with that one.
  const own = gained.filter(
    (partition) => world.owners[partition] === member && !member.tenures.has(partition),
  );
  const partitions = own.map((partition) => {
    const committed = world.committed.get(partition);
    return { partition, committed, position: committed ?? 0 };
  });
  for (const { partition, position } of partitions) {
    const log = world.logs[partition];
    if (log !== undefined) member.tenures.set(partition, createTenure(log, position));
  }
  remember(world, 5, member.number, generation);
  tell(world, own, () => `mapping ${member.number} gets ${JSON.stringify(partitions)}`);
  feed(world, member, { kind: 'assigned', partitions });
}

/** What a process does by itself after a step: it leaves when it has ended what it began, and may crash. */
export function afterStep(world: World, member: Member, notices: readonly MappingNotice[]): void {
  if (!member.alive) return;
  const partial = notices.some((notice) => notice.kind === 'batch-ended' && notice.verdict === 'partial');
  if (partial && faultStrikes(world, world.plan.faults.crashAfterPartialAnswer)) crash(world, member);
  else if (member.stopping && member.joined && world.engine.isQuiet(member.state)) leave(world, member);
  else if (member.joined && member.state.lifecycle === 'Disabled') stepAside(world, member);
}

function leave(world: World, member: Member): void {
  tell(world, [...member.tenures.keys()], () => `mapping ${member.number} leaves the group`);
  member.alive = false;
  rebalance(world);
  replace(world);
}

/** A disabled mapping leaves the group and comes back when it is enabled (R65). */
function stepAside(world: World, member: Member): void {
  member.joined = false;
  tell(world, [...member.tenures.keys()], () => `mapping ${member.number} is disabled`);
  rebalance(world);
  world.expected += 1;
  later(world, randomInteger(world.random, 1, 5_000), () => {
    world.expected -= 1;
    if (!member.alive) return;
    feed(world, member, { kind: 'enable' });
    join(world, member);
  });
}

export function disturb(world: World, { kind }: Disturbance): void {
  tell(world, [], () => `disturbance: ${kind}`);
  remember(world, 6);
  const candidates = world.members.filter(({ alive, joined, stopping }) => alive && joined && !stopping);
  const member = candidates[randomInteger(world.random, 0, Math.max(0, candidates.length - 1))];
  if (kind === 'clock-forward') world.clockOffset += randomInteger(world.random, 1, 90_000);
  if (kind === 'clock-back') setBack(world);
  if (kind === 'truncate') truncateOne(world);
  if (kind === 'join') startMember(world);
  if (member === undefined) return;
  if (kind === 'crash') crash(world, member);
  if (kind === 'pause') feed(world, member, { kind: 'disable' });
  if (kind === 'leave') {
    member.stopping = true;
    feed(world, member, { kind: 'stop' });
  }
}

function setBack(world: World): void {
  world.latestWall = Math.max(world.latestWall, wallTime(world));
  world.clockOffset -= randomInteger(world.random, 1, 90_000);
}

function truncateOne(world: World): void {
  const log = world.logs[randomInteger(world.random, 0, world.logs.length - 1)];
  if (log !== undefined) truncate(world, log, randomInteger(world.random, log.start, log.end));
}
