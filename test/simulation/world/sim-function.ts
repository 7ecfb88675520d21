import {
  type ConsumerRecord,
  json,
  type KafkaEvent,
  type KafkaHandler,
  kafkaHandler,
  PermanentError,
} from '../../../lib/index.ts';
import type { InvokeResult } from '../../../local/function/invoker.ts';
import type { Plan } from '../plan/plan.ts';
import { hold, Violation } from '../violation.ts';
import { checkAnswer, checkEvent } from './check-function.ts';
import { complete, DONE, nameOf, PARKED, type SimLog, type SimRecord } from './ledger.ts';

/** The function with the real runtime inside, on a clock of its own for each invocation. */
export interface SimFunction {
  readonly plan: Plan;
  readonly logs: readonly SimLog[];
  readonly handler: KafkaHandler;
  invocations: number;
  current: Invocation;
}

export interface Invocation {
  readonly number: number;
  /** Milliseconds since it began. */
  elapsed: number;
  /** Set when the process of the function ended in the middle of it: nothing that happens later counts. */
  death: 'timeout' | 'exit' | undefined;
  /** Grows with everything that happens, so that an invocation in which nothing can happen any more is noticed. */
  progress: number;
  deadline: { readonly at: number; readonly reached: () => void } | undefined;
}

export interface Ran {
  readonly result: InvokeResult;
  /** Milliseconds. */
  readonly duration: number;
}

/** Microtasks without any progress after which only the deadline can end an invocation. */
const PATIENCE = 60;

export function createSimFunction(plan: Plan, logs: readonly SimLog[]): SimFunction {
  const { ordering, concurrency, park, config } = plan;
  const handler = kafkaHandler({
    value: json(),
    ordering,
    concurrency,
    response: config.reportBatchItemFailures ? 'partial' : 'whole-batch',
    ...(park ? { park: async (record: ConsumerRecord<unknown, unknown>) => parkRecord(sim, record) } : {}),
    timer: (reached, milliseconds) => {
      const { current } = sim;
      current.deadline = { at: current.elapsed + milliseconds, reached };
      return () => {
        current.deadline = undefined;
      };
    },
    handle: (record) => handleRecord(sim, record),
  });
  const sim: SimFunction = { plan, logs, handler, invocations: 0, current: anInvocation(0) };
  return sim;
}

function anInvocation(number: number): Invocation {
  return { number, elapsed: 0, death: undefined, progress: 0, deadline: undefined };
}

/** Runs one invocation to its end. What it did is done at once; when its answer arrives is for the caller to decide. */
export async function invokeSim(sim: SimFunction, event: KafkaEvent): Promise<Ran> {
  sim.invocations += 1;
  const invocation = anInvocation(sim.invocations);
  sim.current = invocation;
  checkEvent(sim, event);
  const { timeout } = sim.plan;
  const context = {
    awsRequestId: String(invocation.number),
    getRemainingTimeInMillis: () => Math.max(0, timeout - invocation.elapsed),
  };
  const ended = await settle(invocation, sim.handler(event, context));
  if (invocation.death !== undefined) return died(invocation, timeout);
  // I6: a function built on the runtime answers in time, unless a record blocks the whole process.
  hold(invocation.elapsed < timeout, 'I6', () => `invocation ${invocation.number} ran out of time`);
  const duration = invocation.elapsed + 1;
  if (ended.kind === 'threw') return { result: threw(ended.error), duration };
  if (sim.plan.config.reportBatchItemFailures) checkAnswer(sim, event, ended.answer);
  return { result: { kind: 'returned', payload: JSON.stringify(ended.answer) }, duration };
}

type Ended<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'threw'; readonly error: unknown };

async function settle<T>(invocation: Invocation, promise: Promise<T>): Promise<Ended<T>> {
  let ended: Ended<T> | undefined;
  promise.then(
    (answer) => {
      ended = { kind: 'answered', answer };
    },
    (error: unknown) => {
      ended = { kind: 'threw', error };
    },
  );
  let seen = invocation.progress;
  for (let idle = 0; ended === undefined; idle += 1) {
    await undefined;
    if (invocation.progress !== seen) idle = 0;
    seen = invocation.progress;
    if (idle > PATIENCE) idle = passTime(invocation);
  }
  return ended;
}

/** Nothing but the deadline is left to wait for. */
function passTime(invocation: Invocation): number {
  const { deadline } = invocation;
  if (deadline === undefined) throw new Violation('I6', `invocation ${invocation.number} never ends`);
  invocation.deadline = undefined;
  invocation.elapsed = Math.max(invocation.elapsed, deadline.at);
  deadline.reached();
  return 0;
}

function died({ death, elapsed }: Invocation, timeout: number): Ran {
  const reason = death ?? 'exit';
  const error = { errorType: 'Sandbox', errorMessage: `the function ended by ${reason}` };
  const duration = reason === 'timeout' ? timeout : elapsed + 1;
  return { result: { kind: 'function-error', reason, ...error }, duration };
}

/** Only a mapping without partial responses is answered by an error. */
function threw(error: unknown): InvokeResult {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'BATCH_INCOMPLETE') throw error;
  return { kind: 'function-error', reason: 'thrown', errorType: 'LanewiseError', errorMessage: String(code) };
}

function recordOf(sim: SimFunction, record: ConsumerRecord<unknown, unknown>): SimRecord {
  const found = sim.logs[record.partition]?.slots[record.offset];
  if (found === undefined) throw new Violation('R13', `${record} is not on the topic`);
  return found;
}

function handleRecord(sim: SimFunction, record: ConsumerRecord<unknown, unknown>): unknown {
  const invocation = sim.current;
  if (invocation.death !== undefined) return undefined;
  const own = recordOf(sim, record);
  invocation.progress += 1;
  hold(invocation.elapsed < sim.plan.timeout, 'I6', () => `${nameOf(own)} was started when no time was left`);
  own.tries += 1;
  invocation.elapsed += own.planned.cost;
  const { fate, ticks } = own.planned;
  if (fate.kind === 'hangs' && own.tries <= fate.times) return new Promise(() => {});
  if (ticks === 0) return endRecord(sim, own);
  return later(ticks).then(() => endRecord(sim, own, invocation));
}

async function later(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) await undefined;
}

function endRecord(sim: SimFunction, own: SimRecord, invocation = sim.current): void {
  if (invocation.death !== undefined || invocation !== sim.current) return;
  invocation.progress += 1;
  const { fate } = own.planned;
  if ('times' in fate && own.tries <= fate.times) failRecord(invocation, fate.kind);
  if (fate.kind === 'permanent') throw new PermanentError('it can never succeed');
  if (invocation.death !== undefined) return;
  own.completedIn = invocation.number;
  complete(own, DONE, sim.plan.ordering);
}

function failRecord(invocation: Invocation, kind: 'fails' | 'hangs' | 'blocks' | 'exits'): void {
  if (kind === 'fails') throw new Error('not now');
  invocation.death = kind === 'blocks' ? 'timeout' : 'exit';
}

function parkRecord(sim: SimFunction, record: ConsumerRecord<unknown, unknown>): void {
  const invocation = sim.current;
  if (invocation.death !== undefined) return;
  const own = recordOf(sim, record);
  invocation.progress += 1;
  own.parkTries += 1;
  if (own.parkTries <= own.planned.parkRefusals) throw new Error('no room');
  own.completedIn = invocation.number;
  complete(own, PARKED, sim.plan.ordering);
}
