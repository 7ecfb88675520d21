import { earliest, takeDue } from '../../local/mapping/support/timer-heap.ts';
import { randomInteger } from '../../local/random.ts';
import type { Engine } from './engine.ts';
import { planRun } from './plan/plan.ts';
import { Violation } from './violation.ts';
import { checkEnd } from './world/check-end.ts';
import { appendTo } from './world/fetch.ts';
import { disturb, startMember } from './world/group.ts';
import type { SimLog } from './world/ledger.ts';
import { createWorld, later, type StoryLine, type World, type WorldTally } from './world/world.ts';

export interface SeedRun {
  readonly seed: number;
  /** Tells two runs apart: the same seed gives the same number. */
  readonly hash: number;
  readonly tally: WorldTally;
  /** `I9: commit of …`; `undefined` when everything held. */
  readonly failure: string | undefined;
  /** Only of a traced run. */
  readonly story: readonly StoryLine[];
}

/** A run that is not over then never is: about a hundred records need some thousands of steps. */
const MAXIMUM_STEPS = 300_000;

/** Plays what a seed makes to its end, checking after every step and at the end. */
export async function runSeed(seed: number, engine: Engine, traced = false): Promise<SeedRun> {
  const world = createWorld(planRun(seed), engine, traced);
  let failure: string | undefined;
  try {
    begin(world);
    await play(world);
    checkEnd(world);
  } catch (error) {
    failure = error instanceof Violation ? error.message : failureOf(error);
  }
  return { seed, hash: world.hash, tally: world.tally, failure, story: world.story ?? [] };
}

function failureOf(error: unknown): string {
  return `it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function begin(world: World): void {
  const { plan } = world;
  for (const log of world.logs) planWrites(world, log);
  startMember(world);
  for (const disturbance of plan.faults.disturbances) {
    world.expected += 1;
    later(world, disturbance.at, () => {
      world.expected -= 1;
      disturb(world, disturbance);
    });
  }
}

function planWrites(world: World, log: SimLog): void {
  const { writtenAtStart } = world.plan;
  log.end = Math.floor(log.finalEnd * writtenAtStart);
  let at = 0;
  for (let end = log.end; end < log.finalEnd; ) {
    end = Math.min(log.finalEnd, end + randomInteger(world.random, 1, 30));
    at += randomInteger(world.random, 1, 3_000);
    const upTo = end;
    world.expected += 1;
    later(world, at, () => {
      world.expected -= 1;
      appendTo(world, log, upTo);
    });
  }
}

async function play(world: World): Promise<void> {
  for (let steps = 0; !isOver(world); steps += 1) {
    const at = earliest(world.actions);
    if (at === undefined || steps > MAXIMUM_STEPS) {
      throw new Violation('I9', `nothing moves any more: ${unfinished(world)}`);
    }
    world.time = Math.max(world.time, at);
    const doing = takeDue(world.actions, world.time)?.();
    if (doing !== undefined) await doing;
  }
}

function isOver(world: World): boolean {
  if (world.expected > 0) return false;
  for (const log of world.logs) {
    if ((world.committed.get(log.partition) ?? 0) < log.finalEnd || world.owners[log.partition] === undefined)
      return false;
  }
  return world.members.every(
    (member) => !member.alive || (member.joined && !member.stopping && world.engine.isDrained(member.state)),
  );
}

function unfinished({ logs, committed }: World): string {
  return logs
    .map(({ partition, finalEnd }) => `${partition}@${committed.get(partition) ?? 0} of ${finalEnd}`)
    .join(', ');
}
