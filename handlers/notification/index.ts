import { dynamodbCheckpoint } from '../../lib/checkpoint/dynamodb/index.ts';
import { json, kafkaHandler, text } from '../../lib/index.ts';
import { sqsPark } from '../../lib/park/sqs-park.ts';
import { OrderEvent } from '../orders/order-event.ts';
import { dynamodbClient } from '../shared/dynamodb-client.ts';
import { requiredVariable } from '../shared/required-variable.ts';
import { sesClient } from '../shared/ses-client.ts';
import { sqsClient } from '../shared/sqs-client.ts';
import { telemetry } from '../shared/telemetry.ts';
import { sendConfirmationEmail } from './confirmation-email.ts';

const client = sesClient();
const from = requiredVariable('MAIL_FROM');

export const handler = kafkaHandler({
  value: json(OrderEvent),
  key: text,
  // A mail cannot be taken back, and one that comes again is sent again. When a record fails, later ones may come again
  // with it: none of them has been sent if the lane stops there.
  ordering: 'partition',
  park: sqsPark({ queueUrl: requiredVariable('PARKING_QUEUE_URL'), client: sqsClient() }),
  // Normally one mail for each event, and never none. The gap: the checkpoint is written when the records of a partition in
  // a batch are through, so that what was sent is sent again when the function dies between a mail and that.
  checkpoint: dynamodbCheckpoint({
    tableName: requiredVariable('CHECKPOINT_TABLE'),
    client: dynamodbClient(),
  }),
  observer: telemetry(),
  handle: async ({ value }, { signal }) => {
    // A tombstone: the order was deleted from the topic. There is nobody to write to.
    if (value === null) return;
    await sendConfirmationEmail({ client, from, signal }, value);
  },
});
