import type { KafkaBatchResponse, KafkaEvent } from '../../../lib/index.ts';
import { TOPIC } from '../plan/plan-config.ts';
import { hold } from '../violation.ts';
import { nameOf } from './ledger.ts';
import type { SimFunction } from './sim-function.ts';

/** R13, R41: keys name their partition; records are those of the topic, each once and in order. */
export function checkEvent(sim: SimFunction, event: KafkaEvent): void {
  let count = 0;
  for (const [key, records] of Object.entries(event.records)) {
    let previous = -1;
    for (const { topic, partition, offset, value } of records) {
      const own = sim.logs[partition]?.slots[offset];
      const known = own !== undefined && key === `${TOPIC}-${partition}` && topic === TOPIC;
      hold(known && offset > previous, 'R13', () => `${key} brings ${partition}@${offset} after ${previous}`);
      hold(own?.inScope === true, 'R136', () => `${key}@${offset} passed the filter`);
      hold((value ?? undefined) === own?.value, 'R20', () => `${key}@${offset} has another value`);
      previous = offset;
      count += 1;
    }
    hold(records.length > 0, 'R13', () => `${key} has no records`);
  }
  const { batchSize } = sim.plan.config;
  hold(count > 0 && count <= batchSize, 'R33', () => `a batch of ${batchSize} has ${count} records`);
}

/** I1, I4, I5: the answer names records of the event, each once, and exactly those that were not completed. */
export function checkAnswer(sim: SimFunction, event: KafkaEvent, answer: KafkaBatchResponse): void {
  const { number } = sim.current;
  const reported = new Set<unknown>();
  for (const { itemIdentifier } of answer.batchItemFailures) {
    const { partition: key, offset } = itemIdentifier;
    const [first] = event.records[key] ?? [];
    const own = sim.logs[first?.partition ?? -1]?.slots[offset];
    hold(own !== undefined && !reported.has(own), 'I5', () => `the answer names ${key}@${offset}`);
    hold(own?.completedIn !== number, 'I4', () => `${key}@${offset} was completed and is reported`);
    reported.add(own);
  }
  for (const { partition, offset } of Object.values(event.records).flat()) {
    const own = sim.logs[partition]?.slots[offset];
    if (own === undefined || own.completedIn === number) continue;
    hold(reported.has(own), 'I1', () => `${nameOf(own)} was not completed and is not reported`);
  }
}
