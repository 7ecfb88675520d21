import { requestProduce } from '../control/request-produce.ts';
import { LocalError } from '../local-error.ts';
import type { ProduceOptions } from '../options.ts';
import { kafkaConnection } from '../run/connection/kafka-connection.ts';
import { sampleOrders } from '../shop/sample-orders.ts';
import type { KafkaConnection } from '../source/kafka-source.ts';

/**
 * `npm run produce -- N`: sample orders for a running `npm start`, or for a topic of a Kafka.
 *
 * @throws LocalError when nothing runs here, the broker cannot be reached, or the topic does not exist.
 */
export async function runProduce(options: ProduceOptions): Promise<number> {
  const connection = await kafkaConnection(options);
  const written = connection ? await produceToKafka(connection, options) : await produceToRun(options);
  process.stdout.write(`${written} orders written\n`);
  return 0;
}

function produceToRun({ count, seed, topic }: ProduceOptions): Promise<number> {
  if (topic === undefined) return requestProduce(process.cwd(), { count, seed });
  throw new LocalError(
    'got --topic without --bootstrap or --cluster: a running npm start writes to the topics that its consumers read',
  );
}

async function produceToKafka(
  connection: KafkaConnection,
  { topic = 'order-events', count, seed = Date.now() % 1_000_000 }: ProduceOptions,
): Promise<number> {
  const { createKafkaSource } = await import('../source/kafka-source.ts');
  const source = await createKafkaSource({ connection });
  try {
    if (!(await source.describeTopic(topic))) {
      throw new LocalError(
        `topic '${topic}' does not exist on ${connection.bootstrap}; 'npm start -- --bootstrap ${connection.bootstrap} --count ${count}' creates it as the template declares it`,
      );
    }
    return (await source.produce(topic, sampleOrders({ count, seed }))).length;
  } finally {
    await source.close();
  }
}
