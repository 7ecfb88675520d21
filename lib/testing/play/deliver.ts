import { buildKafkaEvent } from '../../event/build-kafka-event.ts';
import type { KafkaEvent } from '../../event/kafka-event.ts';
import type { InvocationContext } from '../../lanes/time-budget.ts';
import type { TestRecord } from '../a-record.ts';
import type { DeliveryFault, MappingStyle } from './mapping-style.ts';
import type { PlayedHandler } from './play-mapping.ts';
import { readAnswer, resolvedBy } from './read-answer.ts';

/** One call of the function, and what came of it. */
export interface Delivery<Effect = unknown> {
  readonly event: KafkaEvent;
  readonly records: readonly TestRecord[];
  readonly fault: DeliveryFault | undefined;
  /** As JSON carries it; `undefined` when the function threw, was not reached, or its answer was lost. */
  readonly answer: unknown;
  /** What the function threw, or why its answer is not valid. */
  readonly error: unknown;
  /** The records that the mapping counts as done from now on. */
  readonly resolved: readonly TestRecord[];
  /** What this delivery added to the list of effects. */
  readonly effects: readonly Effect[];
}

interface DeliveryOptions<Effect> {
  readonly style: MappingStyle;
  readonly retry: boolean;
  readonly fault: DeliveryFault | undefined;
  readonly context: () => InvocationContext;
  readonly effects: readonly Effect[];
}

const envelope = {
  eventSource: 'aws:kafka',
  eventSourceArn:
    'arn:aws:kafka:eu-central-1:000000000000:cluster/shop/0f1e2d3c-aaaa-bbbb-cccc-111122223333-4',
  bootstrapServers: 'b-1.shop.example:9098,b-2.shop.example:9098',
} as const;

export async function deliver<Effect>(
  handler: PlayedHandler,
  records: readonly TestRecord[],
  options: DeliveryOptions<Effect>,
): Promise<Delivery<Effect>> {
  const { style, retry, fault, effects } = options;
  const thin = retry && style.retries !== 'full';
  const event = asDelivered(buildKafkaEvent(records, thin ? {} : envelope, style));
  const before = effects.length;
  const { answer, error } = await call(handler, event, options);
  const verdict = error === undefined ? readAnswer(answer, records) : { error };
  const resolved = 'listed' in verdict ? resolvedBy(verdict.listed, records, style.reading) : [];
  const failed = 'error' in verdict ? verdict.error : undefined;
  return { event, records, fault, answer, error: failed, resolved, effects: effects.slice(before) };
}

async function call<Effect>(
  handler: PlayedHandler,
  event: KafkaEvent,
  { fault, context }: DeliveryOptions<Effect>,
): Promise<{ readonly answer?: unknown; readonly error?: unknown }> {
  if (fault === 'not-reached') return { error: new Error('the function was not reached') };
  const invocations = fault === 'delivered-twice' ? [context(), context()] : [context()];
  const results = await Promise.allSettled(
    invocations.map(async (each) => handler(event as never, each as never, undefined as never)),
  );
  const [first] = results;
  if (first?.status !== 'fulfilled')
    return { error: first?.reason ?? new Error('the function threw nothing') };
  if (fault === 'answer-lost') return { error: new Error('the answer was lost') };
  if (fault === 'rebalanced') return { error: new Error('the partitions went to another poller') };
  return throughJson(first.value);
}

/** `undefined` arrives as null; what is no JSON is an error of the function. */
function throughJson(answer: unknown): { readonly answer?: unknown; readonly error?: unknown } {
  try {
    return { answer: JSON.parse(JSON.stringify(answer) ?? 'null') };
  } catch (error) {
    return { error };
  }
}

/** As it comes off the wire, and frozen, so that a function which changes the event it was given is found out. */
function asDelivered(event: KafkaEvent): KafkaEvent {
  return deepFreeze(JSON.parse(JSON.stringify(event)));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
