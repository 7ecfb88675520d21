import type { MappingCommand } from '../../../local/mapping/mapping-output.ts';
import { START } from '../plan/plan-records.ts';
import { commit } from './commit.ts';
import { deliver } from './deliver.ts';
import { answerFetch, answerPosition } from './fetch.ts';
import { invoke } from './invoke.ts';
import { feed, type Member } from './member.ts';
import { faultStrikes, later, type World } from './world.ts';

/** Carries a command of the engine out; what comes of it is fed back later. */
export function execute(world: World, member: Member, command: MappingCommand): void {
  switch (command.kind) {
    case 'fetch':
      answerFetch(world, member, command);
      break;
    case 'find-position':
      answerPosition(world, member, command);
      break;
    case 'invoke':
      invoke(world, member, command);
      break;
    case 'deliver':
      deliver(world, member, command);
      break;
    case 'commit':
      commit(world, member, command);
      break;
    case 'wake':
      wakeAt(world, member, command.at);
  }
}

/** As a real timer: what the clock does after it is set does not move it. */
function wakeAt(world: World, member: Member, at: number): void {
  member.wake += 1;
  const own = member.wake;
  const ahead = Math.max(0, at - START - world.time - world.clockOffset);
  const early = ahead > 0 && faultStrikes(world, world.plan.faults.earlyTick) ? 1 : 0;
  later(world, ahead - early, () => {
    if (own === member.wake) feed(world, member, { kind: 'tick' });
  });
}
