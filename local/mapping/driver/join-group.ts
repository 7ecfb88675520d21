/** Joins the consumer group and keeps the core told of the partitions that it gives and takes. */
import type { GroupListener, GroupMember } from '../../source/record-source.ts';
import type { AssignedPartition } from '../mapping-input.ts';
import { startingQuery } from '../read/starting-position.ts';
import { apply, type MappingRun, messageOf, persist } from './mapping-run.ts';

/** Goes on trying until it works or the mapping is stopped. R162, assumed: a missing topic shows in the result. */
export async function joinGroup(run: MappingRun): Promise<void> {
  const { config } = run.state.settings;
  // A mapping that is disabled and enabled again while it joins joins once more: the earlier member is nobody's then.
  run.joins += 1;
  const join = run.joins;
  const cancelled = () =>
    run.closed ||
    run.joins !== join ||
    run.state.lifecycle === 'Disabled' ||
    run.state.lifecycle === 'Deleting';
  const early = new Set<number>();
  const member = await persist(
    run,
    async () => {
      early.clear();
      await learnPartitions(run);
      return run.ports.source.join(config.topic, config.group, listen(run, early, join));
    },
    cancelled,
  );
  if (member === undefined) return;
  if (cancelled()) return leaveQuietly(member);
  run.member = member;
  // The first assignment comes before there is a member to ask for positions.
  await takeOn(run, [...early]);
}

async function learnPartitions(run: MappingRun): Promise<void> {
  const { topic } = run.state.settings.config;
  const description = await run.ports.source.describeTopic(topic);
  if (description === undefined) throw new Error(`topic ${topic} does not exist`);
  run.known ??= new Set(description.partitions);
}

function listen(run: MappingRun, early: Set<number>, join: number): GroupListener {
  return {
    assigned: (partitions) => {
      if (run.joins !== join) return;
      if (run.member !== undefined) void takeOn(run, partitions);
      else for (const partition of partitions) early.add(partition);
    },
    revoked: (partitions) => {
      if (run.joins !== join) return;
      for (const partition of partitions) {
        early.delete(partition);
        run.held.delete(partition);
      }
      apply(run, { kind: 'revoked', partitions });
    },
    trouble: (error) => apply(run, { kind: 'trouble', message: messageOf(error) }),
  };
}

/** Looks up where to start; what is taken away meanwhile is left out. */
async function takeOn(run: MappingRun, partitions: readonly number[]): Promise<void> {
  const fresh = partitions.filter((partition) => !run.held.has(partition));
  run.assignments += 1;
  const assignment = run.assignments;
  for (const partition of fresh) run.held.set(partition, assignment);
  const wanted = () => fresh.filter((partition) => run.held.get(partition) === assignment);
  run.locating += 1;
  const located = await persist(
    run,
    () => locate(run, wanted()),
    () => run.closed || run.member === undefined,
  );
  run.locating -= 1;
  const still = new Set(wanted());
  const assigned = (located ?? []).filter(({ partition }) => still.has(partition));
  apply(run, { kind: 'assigned', partitions: assigned, total: run.known?.size ?? 0 });
}

/** R53, documented: a group with commits goes on from them; the starting position is for partitions without. */
async function locate(run: MappingRun, partitions: readonly number[]): Promise<readonly AssignedPartition[]> {
  const { member } = run;
  if (member === undefined || partitions.length === 0) return [];
  const committed = await member.committed(partitions);
  const without = partitions.filter((partition) => !committed.has(partition));
  const started = await startOf(run, member, without);
  return partitions.flatMap((partition) => {
    const position = committed.get(partition) ?? started.get(partition);
    return position === undefined ? [] : { partition, position, committed: committed.get(partition) };
  });
}

/**
 * R57, assumed: a partition that the topic did not have when it was joined is read from its beginning, so that nothing
 * is missed. A partition that comes back without a commit starts where it started before: LATEST anew would skip records.
 */
async function startOf(
  run: MappingRun,
  member: GroupMember,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const unknown = partitions.filter((partition) => !run.startedAt.has(partition));
  const grown = unknown.filter((partition) => run.known?.has(partition) === false);
  const old = unknown.filter((partition) => run.known?.has(partition) !== false);
  const query = startingQuery(run.state.settings.config.startingPosition);
  const found = [
    ...(old.length === 0 ? [] : await member.offsets(old, query)),
    ...(grown.length === 0 ? [] : await member.offsets(grown, 'earliest')),
  ];
  for (const [partition, offset] of found) run.startedAt.set(partition, offset);
  return run.startedAt;
}

async function leaveQuietly(member: GroupMember): Promise<void> {
  try {
    await member.leave();
  } catch {
    // The group forgets a member that is gone by itself.
  }
}

/** Leaves the group, and gives the partitions up in the core. */
export async function leaveGroup(run: MappingRun): Promise<void> {
  const { member } = run;
  run.member = undefined;
  const partitions = [...run.state.partitions.keys()];
  run.held.clear();
  apply(run, { kind: 'revoked', partitions });
  if (member !== undefined) await leaveQuietly(member);
}
