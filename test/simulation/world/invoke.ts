import type { KafkaBatchResponse, KafkaEvent } from '../../../lib/index.ts';
import type { InvokeResult } from '../../../local/function/invoker.ts';
import type { MappingCommand } from '../../../local/mapping/mapping-output.ts';
import { hold } from '../violation.ts';
import { countShares, feed, type Member, sharesOf } from './member.ts';
import { invokeSim, type Ran } from './sim-function.ts';
import { checkStart, countAttempt, resolveShares, type Share } from './tenure.ts';
import { faultStrikes, latency, later, remember, tell, type World } from './world.ts';

type Invoke = MappingCommand & { readonly kind: 'invoke' };

interface Flight {
  readonly batch: number;
  readonly event: KafkaEvent;
  readonly shares: readonly Share[];
  readonly partitions: readonly number[];
}

/** R43: five at once for each poller. */
const AT_ONCE = 5;

export function invoke(world: World, member: Member, { batch, payload }: Invoke): void {
  const event: KafkaEvent = JSON.parse(payload);
  const ranges = Object.values(event.records).map((records) => ({
    partition: records[0]?.partition ?? -1,
    offsets: records.map(({ offset }) => offset),
  }));
  const shares = sharesOf(member, ranges);
  const partitions = ranges.map(({ partition }) => partition);
  hold(
    shares.length === ranges.length,
    'R47',
    () => `a batch of partitions ${partitions} holds one that is gone`,
  );
  for (const share of shares) {
    checkStart(share);
    share.tenure.batch = batch;
  }
  member.tally.invocations += 1;
  checkAtOnce(member);
  tell(world, partitions, () => `mapping ${member.number} invokes batch ${batch}: ${JSON.stringify(ranges)}`);
  start(world, member, { batch, event, shares, partitions });
}

function start(world: World, member: Member, flight: Flight): void {
  const { faults } = world.plan;
  const throttled = faultStrikes(world, faults.throttle);
  if (throttled || faultStrikes(world, faults.serviceError)) {
    tell(world, flight.partitions, () => `batch ${flight.batch} does not reach the function`);
    const reason = throttled ? 'throttled' : 'service';
    const result = { kind: 'not-reached', reason, message: 'the function was not reached' } as const;
    later(world, latency(world), () => end(world, member, { flight, result }));
    return;
  }
  // What the function does happens somewhere between the call and the answer; after a crash it still does it.
  later(world, latency(world), () => run(world, member, flight));
}

/** R43: for each poller that there ever was, as a batch in flight stays with the poller that sent it. */
function checkAtOnce(member: Member): void {
  member.mostPollers = Math.max(member.mostPollers, member.state.pollers.length);
  const inFlight = new Set([...member.tenures.values()].flatMap(({ batch }) => batch ?? []));
  hold(
    inFlight.size <= AT_ONCE * member.mostPollers,
    'R43',
    () => `${inFlight.size} batches are in flight for ${member.mostPollers} pollers`,
  );
}

async function run(world: World, member: Member, flight: Flight): Promise<void> {
  const ran = await runOnce(world, flight);
  const twice = faultStrikes(world, world.plan.faults.duplicateDelivery);
  const { result, duration } = twice ? await runOnce(world, flight) : ran;
  const wrong = result.kind === 'returned' && faultStrikes(world, world.plan.faults.wrongAnswer);
  later(world, duration, () => end(world, member, { flight, result: wrong ? WRONG_ANSWER : result }));
}

const WRONG_ANSWER = {
  kind: 'returned',
  payload: '{"batchItemFailures":[{"itemIdentifier":{"partition":"sim-2-99","offset":0}}]}',
} as const;

async function runOnce(world: World, flight: Flight): Promise<Ran> {
  const ran = await invokeSim(world.sim, flight.event);
  world.tally.invocations += 1;
  world.tally.deliveries += countShares(flight.shares);
  remember(world, 3, flight.batch, ran.duration);
  tell(world, flight.partitions, () => `function ends batch ${flight.batch}: ${JSON.stringify(ran.result)}`);
  return ran;
}

function end(
  world: World,
  member: Member,
  { flight, result }: { readonly flight: Flight; readonly result: InvokeResult },
): void {
  if (member.alive) count(world, member, { flight, result });
  const { batch, partitions } = flight;
  tell(world, partitions, () => `mapping ${member.number} hears of batch ${batch}: ${result.kind}`);
  feed(world, member, { kind: 'invocation-ended', batch: flight.batch, result });
}

/** What the answer means, told apart from the engine. */
function count(
  world: World,
  member: Member,
  { flight, result }: { readonly flight: Flight; readonly result: InvokeResult },
): void {
  const { shares } = flight;
  const { tally } = member;
  for (const { tenure } of shares) tenure.batch = undefined;
  const size = countShares(shares);
  tally.invoked += size;
  if (result.kind !== 'not-reached') for (const share of shares) countAttempt(share, world.limits);
  if (result.kind !== 'returned') tally.invokeErrors += 1;
  const failed = result.kind === 'returned' ? countListed(world, shares, result.payload) : size;
  tally.failed += failed;
}

/** Resolves what the answer resolves, and says how many records failed. */
function countListed(world: World, shares: readonly Share[], payload: string): number {
  const { config, knobs } = world.plan;
  // R67: without ReportBatchItemFailures any answer is a success.
  if (!config.reportBatchItemFailures) {
    resolveShares(shares);
    return 0;
  }
  if (payload === WRONG_ANSWER.payload) return countShares(shares);
  const { batchItemFailures }: KafkaBatchResponse = JSON.parse(payload);
  const listed = new Map<string, Set<number>>();
  for (const { itemIdentifier } of batchItemFailures) {
    const offsets = listed.get(itemIdentifier.partition) ?? new Set();
    listed.set(itemIdentifier.partition, offsets.add(itemIdentifier.offset));
  }
  for (const share of shares) resolveUnlisted(share, listed, knobs.partialReading === 'from-lowest');
  return batchItemFailures.length;
}

/** Both readings: only the listed records come again, or all from the lowest of them. */
function resolveUnlisted(
  { tenure, records }: Share,
  listed: ReadonlyMap<string, ReadonlySet<number>>,
  fromLowest: boolean,
): void {
  const own = listed.get(`sim-2-${tenure.log.partition}`) ?? new Set();
  const lowest = Math.min(...own);
  const done = records.filter(({ offset }) => (fromLowest ? offset < lowest : !own.has(offset)));
  resolveShares([{ tenure, records: done }]);
}
