import { getHeapStatistics } from 'node:v8';
import { base64Text } from '../../lib/decode/base64-bytes.ts';
import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import type { Case } from '../measure/case.ts';
import { collectGarbage } from '../measure/collect-garbage.ts';
import { openCandidate } from './candidates/open-candidate.ts';
import { eventText } from './event-text.ts';
import { type BatchHandler, digestOf, type OrderValue, type Situation, type Tally } from './situation.ts';

/** Bytes that a record takes on the heap, dead or alive: nothing is collected while they are counted, as the young generation is large. */
export async function openCase(candidate: string, situation: Situation): Promise<Case> {
  const tally: Tally = { records: 0, sum: 0 };
  const handle =
    candidate === 'decoding' ? decoding(tally) : (await openCandidate(candidate))(situation, tally);
  const text = eventText(situation);
  return {
    turn: async () => {
      const event = JSON.parse(text);
      collectGarbage('major');
      const before = getHeapStatistics().used_heap_size;
      await handle(event);
      return (getHeapStatistics().used_heap_size - before) / situation.records;
    },
    digest: () => digestOf(tally),
  };
}

/** The text of each value and what is in it, nothing else. */
function decoding(tally: Tally): BatchHandler {
  return (event) => {
    for (const records of Object.values((event as KafkaEvent).records)) {
      for (const { value } of records) {
        const decoded: OrderValue = JSON.parse(base64Text(value) ?? '');
        tally.records += 1;
        tally.sum += decoded.sequence;
      }
    }
  };
}
