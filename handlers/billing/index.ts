import { dynamodbCheckpoint } from '../../lib/checkpoint/dynamodb/index.ts';
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
  // An invoice concerns its order and no other: one that fails holds back its own cancellation, and nothing else.
  ordering: 'key',
  park: sqsPark({ queueUrl: requiredVariable('PARKING_QUEUE_URL'), client: sqsClient() }),
  // Invoices are written in one transaction with the note that their records are done.
  checkpoint: dynamodbCheckpoint({
    tableName: requiredVariable('CHECKPOINT_TABLE'),
    client,
    keys: { [table]: ['orderId', 'kind'] },
  }),
  observer: telemetry(),
  handle: ({ value }, { signal }) => {
    // A tombstone: the order was deleted from the topic. What was invoiced stays invoiced.
    if (value === null) return undefined;
    return issueInvoice({ client, table, signal }, value);
  },
});
