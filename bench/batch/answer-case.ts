import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import { json, kafkaHandler } from '../../lib/index.ts';
import { lanesOf } from '../../lib/lanes/lane.ts';
import { batchResponse } from '../../lib/outcome/batch-response.ts';
import type { Case } from '../measure/case.ts';
import { collectGarbage } from '../measure/collect-garbage.ts';
import { elapsed } from '../measure/elapsed.ts';
import { eventText } from './event-text.ts';

const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 };

/** Nanoseconds for the answer to a batch of which nothing was done. */
export async function openCase(candidate: string, { records }: { readonly records: number }): Promise<Case> {
  const text = eventText({
    records,
    partitions: 10,
    bytes: 200,
    fields: 'value',
    handler: 'no-op',
    reads: 1,
  });
  const answer = answerOf(candidate);
  let failures = 0;
  return {
    turn: async () => {
      const event: KafkaEvent = JSON.parse(text);
      collectGarbage();
      let answered: unknown;
      const took = await elapsed(async () => {
        answered = await answer(event);
      });
      const read = typeof answered === 'string' ? JSON.parse(answered) : answered;
      failures = read.batchItemFailures.length;
      return took;
    },
    digest: () => `${failures} failures`,
  };
}

function answerOf(candidate: string): (event: KafkaEvent) => unknown {
  switch (candidate) {
    case 'object':
      return (event) => batchResponse(lanesOf(event));
    case 'text':
      return (event) => JSON.stringify(batchResponse(lanesOf(event)));
    default: {
      const handle = () => {
        throw new Error('every record fails');
      };
      const handler = kafkaHandler({ value: json(), ordering: 'none', handle });
      return (event) => handler(event, context);
    }
  }
}
