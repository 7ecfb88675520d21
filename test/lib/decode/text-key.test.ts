import { expect, test } from 'vitest';
import { bytes, json, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';

const aBatch = (keys: readonly (string | null)[]) =>
  buildKafkaEvent(keys.map((key, offset) => aRecord({ offset, key, value: { offset } })));

test('a key that is text is what its bytes say, read once or twice', async () => {
  const seen: unknown[] = [];
  const handler = kafkaHandler({ value: json(), handle: ({ key }) => void seen.push(key) });
  await handler(aBatch(['o-1', '', 'ä€😀', null]), aLambdaContext());
  expect(seen).toEqual(['o-1', '', 'ä€😀', null]);
});

test('a key that is no base64 fails its record before it is handled, asked for or not', async () => {
  const event = aBatch(['o-1']);
  const [record] = event.records['order-events-0'] ?? [];
  const handled: unknown[] = [];
  const parked: unknown[] = [];
  const handler = kafkaHandler({
    value: bytes,
    handle: (given) => void handled.push(given),
    park: (given, error) => void parked.push([String(given), given.key, error.message]),
  });
  const broken = { records: { 'order-events-0': [{ ...record, key: 'o 1' }] } };
  await handler(broken, aLambdaContext());
  expect(handled).toEqual([]);
  expect(parked).toEqual([['order-events-0@0', undefined, 'key is not base64 at order-events-0@0']]);
});
