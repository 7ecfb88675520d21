import type { MappingInput } from '../../../local/mapping/mapping-input.ts';
import type { MappingNotice } from '../../../local/mapping/mapping-output.ts';
import type { MappingState } from '../../../local/mapping/mapping-state.ts';
import { seededRandom } from '../../../local/random.ts';
import { PAYLOAD_BYTES, SECRET } from '../plan/plan-records.ts';
import { hold } from '../violation.ts';
import { checkNotice } from './check-notice.ts';
import { checkState } from './check-state.ts';
import { execute } from './execute.ts';
import { afterStep } from './group.ts';
import { schemaStep } from './schema.ts';
import type { Share, Tenure } from './tenure.ts';
import { tell, type World, wallTime } from './world.ts';

/** A process that runs the mapping: one copy of the engine's state, and what it has under way. */
export interface Member {
  readonly number: number;
  readonly state: MappingState;
  /** By partition. */
  readonly tenures: Map<number, Tenure>;
  readonly tally: MemberTally;
  mostPollers: number;
  /** The last timer it asked for. */
  wake: number;
  alive: boolean;
  /** Whether the group knows it. */
  joined: boolean;
  stopping: boolean;
}

/** What the mapping's own counters must say. */
export interface MemberTally {
  invocations: number;
  invoked: number;
  failed: number;
  invokeErrors: number;
  discarded: number;
  dropped: number;
  deliveryErrors: number;
  commitErrors: number;
}

export function createMember(world: World): Member {
  const { plan, engine } = world;
  const number = world.members.length;
  const member: Member = {
    number,
    state: engine.createMapping({
      config: { ...plan.config, logLevel: plan.logLevel },
      bootstrapServers: 'b-1.sim.example:9098',
      random: seededRandom(plan.seed * 31 + number),
      now: wallTime(world),
      knobs: engine.readKnobs(plan.knobs),
      schema: plan.schema ? schemaStep(world) : undefined,
      limits: {
        prefetchRecords: plan.prefetchRecords,
        bufferBytes: plan.bufferBytes,
        payloadBytes: PAYLOAD_BYTES,
      },
    }),
    tenures: new Map(),
    tally: {
      invocations: 0,
      invoked: 0,
      failed: 0,
      invokeErrors: 0,
      discarded: 0,
      dropped: 0,
      deliveryErrors: 0,
      commitErrors: 0,
    },
    mostPollers: 0,
    wake: 0,
    alive: true,
    joined: false,
    stopping: false,
  };
  world.members.push(member);
  return member;
}

/** One step of the engine, and everything that must hold after it. */
export function feed(world: World, member: Member, input: MappingInput): void {
  if (!member.alive) return;
  const { commands, notices } = world.engine.applyInput(member.state, input, wallTime(world));
  checkState(member.state);
  for (const notice of notices) {
    checkSecret(notice);
    checkNotice(world, member, notice);
    tellNotice(world, member, notice);
  }
  for (const command of commands) execute(world, member, command);
  afterStep(world, member, notices);
}

/** I8: positions and reasons may be told, payloads never. */
function checkSecret(notice: MappingNotice): void {
  hold(!wordsOf(notice).includes(SECRET), 'I8', () => `a payload is in a notice of kind ${notice.kind}`);
}

function wordsOf(notice: MappingNotice): string {
  if ('message' in notice) return notice.message;
  if ('reason' in notice) return notice.reason ?? '';
  return notice.kind === 'log' ? JSON.stringify(notice.event) : '';
}

function tellNotice(world: World, { number }: Member, notice: MappingNotice): void {
  if (world.story === undefined || notice.kind === 'log' || notice.kind === 'batch-ended') return;
  const { kind, ...rest } = notice;
  const text = JSON.stringify(rest, (_key, value) => (value instanceof Map ? [...value] : value));
  tell(world, partitionsOf(notice), () => `mapping ${number} tells ${kind} ${text}`);
}

function partitionsOf(notice: MappingNotice): readonly number[] {
  if ('records' in notice) return notice.records.map(({ partition }) => partition);
  if ('offsets' in notice) return [...notice.offsets.keys()];
  return 'partitions' in notice ? notice.partitions : [];
}

export function sharesOf(
  member: Member,
  ranges: readonly { partition: number; offsets: readonly number[] }[],
) {
  return ranges.flatMap(({ partition, offsets }): readonly Share[] => {
    const tenure = member.tenures.get(partition);
    if (tenure === undefined) return [];
    return [{ tenure, records: offsets.flatMap((offset) => tenure.log.slots[offset] ?? []) }];
  });
}

export function countShares(shares: readonly Share[]): number {
  return shares.reduce((sum, { records }) => sum + records.length, 0);
}
