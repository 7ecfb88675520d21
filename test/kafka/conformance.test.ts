import { afterAll, beforeAll, describe, test } from 'vitest';
import { createKafkaSource } from '../../local/source/kafka-source.ts';
import type { RecordSource } from '../../local/source/record-source.ts';
import { SCENARIOS } from '../conformance/scenarios.ts';
import { checkPartitions, checkResults } from '../conformance/stage/check.ts';
import { playScenario } from '../conformance/stage/play.ts';
import { kafkaStage } from '../conformance/stage/stage.ts';
import { expectationOf, readingsOf } from '../conformance/stage/variant.ts';
import { type Kafka, startKafka } from './support/start-kafka.ts';

let kafka: Kafka;
let source: RecordSource;

beforeAll(async () => {
  kafka = await startKafka();
  source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
});
afterAll(async () => {
  await source?.close();
  await kafka?.stop();
});

const played = SCENARIOS.filter(({ notOnKafka }) => notOnKafka === undefined);
const skipped = SCENARIOS.filter(({ notOnKafka }) => notOnKafka !== undefined);

describe.each(played)('on Apache Kafka, $id: $title', (scenario) => {
  const both = scenario.listedOnly !== undefined || scenario.fromLowest !== undefined;
  test.each(readingsOf(both))('$partialReading', async (variant) => {
    const happened = await playScenario(scenario, variant, kafkaStage(source));
    const expected = expectationOf(scenario, variant);
    checkPartitions(happened, expected, variant);
    checkResults(happened, expected);
  });
});

describe('not on Apache Kafka', () => {
  test.skip.each(skipped)('$id, because $notOnKafka', () => {});
});
