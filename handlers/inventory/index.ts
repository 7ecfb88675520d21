import { dynamodbCheckpoint } from '../../lib/checkpoint/dynamodb/index.ts';
import { json, kafkaHandler, text } from '../../lib/index.ts';
import { sqsPark } from '../../lib/park/sqs-park.ts';
import { OrderEvent } from '../orders/order-event.ts';
import { dynamodbClient } from '../shared/dynamodb-client.ts';
import { requiredVariable } from '../shared/required-variable.ts';
import { sqsClient } from '../shared/sqs-client.ts';
import { telemetry } from '../shared/telemetry.ts';
import { reserveStock } from './reserve-stock.ts';

const client = dynamodbClient();
const stockTable = requiredVariable('STOCK_TABLE');
const reservationsTable = requiredVariable('RESERVATIONS_TABLE');

export const handler = kafkaHandler({
  value: json(OrderEvent),
  key: text,
  // Orders share the stock. One after another, so that of two orders in a partition the first gets the last piece, and
  // so that the orders of one batch do not cancel each other's transactions over a popular sku.
  ordering: 'partition',
  park: sqsPark({ queueUrl: requiredVariable('PARKING_QUEUE_URL'), client: sqsClient() }),
  // Stock is taken in one transaction with the note that the record is done.
  checkpoint: dynamodbCheckpoint({
    tableName: requiredVariable('CHECKPOINT_TABLE'),
    client,
    keys: { [stockTable]: ['sku'], [reservationsTable]: ['orderId'] },
  }),
  observer: telemetry(),
  handle: ({ value }, { signal }) => {
    // A tombstone: the order was deleted from the topic. It was not cancelled, so its stock stays reserved.
    if (value === null) return undefined;
    return reserveStock({ client, stockTable, reservationsTable, signal }, value);
  },
});
