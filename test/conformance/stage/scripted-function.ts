import type { KafkaEvent } from '../../../lib/event/kafka-event.ts';
import type { Clock } from '../../../local/clock.ts';
import type { FunctionInvoker, InvokeResult } from '../../../local/function/invoker.ts';
import type { Answer, AnswerKind, Place } from '../scenario.ts';

export interface ObservedDelivery {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: KafkaEvent;
}

export interface ScriptedFunction extends FunctionInvoker {
  readonly deliveries: readonly ObservedDelivery[];
  /** Deliveries whose answer is given. */
  answered(): number;
  atOnce(): number;
}

const SUCCESS: InvokeResult = { kind: 'returned', payload: 'null' };

/** A function that does as a scenario says. */
export function scriptedFunction(
  topic: string,
  answers: readonly Answer[],
  time: { readonly clock: Clock; readonly duration: number },
): ScriptedFunction {
  const deliveries: ObservedDelivery[] = [];
  const used = new Map<Answer, number>();
  let running = 0;
  let most = 0;
  let answered = 0;
  return {
    deliveries,
    answered: () => answered,
    atOnce: () => most,
    invoke: async (payload) => {
      const event: KafkaEvent = JSON.parse(payload);
      deliveries.push({ at: time.clock.now(), event });
      running += 1;
      most = Math.max(most, running);
      const answer = answers.find((one) => fits(one, event, { used, number: deliveries.length }));
      if (answer !== undefined) used.set(answer, (used.get(answer) ?? 0) + 1);
      await new Promise<void>((resolve) => {
        time.clock.setTimer(time.duration, resolve);
      });
      running -= 1;
      answered += 1;
      return answer === undefined ? SUCCESS : resultOf(answer, topic);
    },
  };
}

function fits(
  answer: Answer,
  event: KafkaEvent,
  so: { readonly used: ReadonlyMap<Answer, number>; readonly number: number },
): boolean {
  if ((so.used.get(answer) ?? 0) >= (answer.times ?? Number.POSITIVE_INFINITY)) return false;
  if (answer.on === 'every') return true;
  return answer.on === 'first' ? so.number === 1 : holds(event, answer.on);
}

function holds(event: KafkaEvent, place: Place): boolean {
  return Object.values(event.records)
    .flat()
    .some(({ partition, offset }) => `${partition}@${offset}` === place);
}

function resultOf(answer: AnswerKind, topic: string): InvokeResult {
  if ('reports' in answer)
    return { kind: 'returned', payload: JSON.stringify(reportOf(answer.reports, topic)) };
  if ('returns' in answer) return { kind: 'returned', payload: answer.returns.replaceAll('TOPIC', topic) };
  if ('notReached' in answer) {
    return { kind: 'not-reached', reason: answer.notReached, message: 'Rate exceeded' };
  }
  return { kind: 'function-error', reason: answer.fails, errorType: 'Error', errorMessage: 'it broke' };
}

function reportOf(places: readonly Place[], topic: string) {
  const batchItemFailures = places.map((place) => {
    const [partition, offset] = place.split('@');
    return { itemIdentifier: { partition: `${topic}-${partition}`, offset: Number(offset) } };
  });
  return { batchItemFailures };
}
