import type { KafkaBatchResponse, KafkaItemIdentifier } from '../event/kafka-event.ts';
import type { Lane } from '../lanes/lane.ts';
import { isResolved } from './record-outcome.ts';

/**
 * Names every record that is neither done nor parked. So a lane that stopped reports its failed record and all later ones, which is
 * right whether Lambda sends again the listed records only or everything from the lowest of them. // R-L4, 7.3: not documented
 *
 * Identifiers are objects with the event's own key and a number: a string, or the older name `topic-partition`, is refused
 * and makes the whole batch come again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function batchResponse(lanes: readonly Lane[]): KafkaBatchResponse {
  const batchItemFailures: { readonly itemIdentifier: KafkaItemIdentifier }[] = [];
  for (const { key, records, outcomes } of lanes) {
    records.forEach(({ offset }, index) => {
      if (!isResolved(outcomes[index]))
        batchItemFailures.push({ itemIdentifier: { partition: key, offset } });
    });
  }
  return { batchItemFailures };
}
