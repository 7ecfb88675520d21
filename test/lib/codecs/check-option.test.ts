import { expect, test } from 'vitest';
import {
  cachedRegistry,
  confluentFraming,
  confluentRegistry,
  fixedRegistry,
} from '../../../lib/codecs/index.ts';
import { jsonSchema } from '../../../lib/codecs/json-schema/json-schema.ts';
import { glueRegistry } from '../../../lib/codecs/registry/glue-registry.ts';

const url = 'https://registry.example.com';
const registry = fixedRegistry(new Map());
const framing = confluentFraming;
const nobody = () => Promise.reject(new Error('not asked'));

test.each([
  ['timeout is NaN', () => confluentRegistry({ url, timeout: Number.NaN })],
  ['timeout is 3000', () => confluentRegistry({ url, timeout: '3000' as never })],
  ['timeout is -1', () => glueRegistry({ timeout: -1 })],
  ['timeout is Infinity', () => glueRegistry({ timeout: Number.POSITIVE_INFINITY })],
  ['retry.attempts is 0', () => confluentRegistry({ url, retry: { attempts: 0 } })],
  ['retry.backoff is -5', () => confluentRegistry({ url, retry: { backoff: -5 } })],
  ['maxSchemas is 0', () => cachedRegistry('mine', nobody, { maxSchemas: 0 })],
  ['unavailableTtl is NaN', () => cachedRegistry('mine', nobody, { unavailableTtl: Number.NaN })],
  ['unknownSchemaTtl is -1', () => confluentRegistry({ url, unknownSchemaTtl: -1 })],
  [
    'unknownSchemaIsPermanentAfter is NaN',
    () => jsonSchema({ framing, registry, unknownSchemaIsPermanentAfter: Number.NaN }),
  ],
  ['maxDepth is NaN', () => jsonSchema({ framing, registry, maxDepth: Number.NaN })],
])('an option that cannot be meant is refused when the codec or registry is made: %s', (message, make) => {
  expect(make).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
  );
});

test('a schema that is not known may be waited for without end', () => {
  const never = { unknownSchemaIsPermanentAfter: Number.POSITIVE_INFINITY };
  expect(jsonSchema({ framing, registry, ...never }).name).toBe('confluent json-schema');
});
