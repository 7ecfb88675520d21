import { json, kafkaHandler, text } from '../../lib/index.ts';
import { sqsPark } from '../../lib/park/sqs-park.ts';
import { OrderEvent } from '../orders/order-event.ts';
import { dynamodbClient } from '../shared/dynamodb-client.ts';
import { requiredVariable } from '../shared/required-variable.ts';
import { sqsClient } from '../shared/sqs-client.ts';
import { telemetry } from '../shared/telemetry.ts';
import { issueInvoice } from './issue-invoice.ts';

const client = dynamodbClient();
const table = requiredVariable('INVOICES_TABLE');

export const handler = kafkaHandler({
  value: json(OrderEvent),
  key: text,
  // An invoice concerns its order and no other: one that fails holds back its own cancellation, and nothing else. To
  // write one again, when more comes again than has failed, changes nothing.
  ordering: 'key',
  park: sqsPark({ queueUrl: requiredVariable('PARKING_QUEUE_URL'), client: sqsClient() }),
  observer: telemetry(),
  handle: async ({ value }, { signal }) => {
    // A tombstone: the order was deleted from the topic. What was invoiced stays invoiced.
    if (value === null) return;
    await issueInvoice({ client, table, signal }, value);
  },
});
