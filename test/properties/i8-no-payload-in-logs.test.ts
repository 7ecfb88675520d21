import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  bytes,
  type Codec,
  json,
  type KafkaHandlerOptions,
  kafkaHandler,
  type Observer,
  PermanentError,
  type StandardSchema,
} from '../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent, type TestRecord } from '../../lib/testing/index.ts';
import { observerOf } from '../support/observer-hooks.ts';
import { projectRoot, sourceFiles } from '../support/source-files.ts';

/** What no log may contain; it is in values, keys, headers and in what `handle` and codecs throw. */
const secret = 's3cr3t!';

const strict = z.strictObject({
  name: z.enum(['ada', 'bob']),
  prices: z.record(z.string(), z.number()).optional(),
});

/** A library that quotes the value in its messages, as some do. */
const talkative: StandardSchema<unknown> = {
  '~standard': {
    version: 1,
    vendor: 'talkative',
    validate: (value) => ({
      issues: [
        {
          message: `must be a number (was ${JSON.stringify(value)})`,
          path: ['name', secret, { key: secret }],
        },
      ],
    }),
  },
};

const quoting: Codec<unknown> = {
  name: 'quoting',
  decode: (content) => {
    throw Object.assign(new Error(`cannot decode ${content}`), { name: secret, cause: content.toString() });
  },
};

const anyCodec = fc.constantFrom<Codec<unknown>>(json(), json(strict), json(talkative), quoting, bytes, {
  name: 'later',
  decode: async (content) => quoting.decode(content),
});

const anyValue = fc.constantFrom<unknown>(
  secret,
  `{"name": "${secret}`,
  `"${secret}`,
  `{"name":"ada"}${secret}`,
  { name: secret },
  { name: 'ada', [secret]: 1 },
  { name: 'ada', prices: { [secret]: secret } },
  { name: 'ada' },
);

const anyThrown = fc.constantFrom<(record: unknown) => unknown>(
  (record) => record,
  () => JSON.parse(`{"${secret}`),
  () => {
    throw new Error(`unknown customer ${secret}\n    at ${secret} (${secret}.ts:1:1)`, { cause: secret });
  },
  () => {
    throw new PermanentError(`unknown customer ${secret}`, { cause: secret });
  },
  () => {
    throw Object.assign(new Error(), { name: secret, Item: secret });
  },
  () => Promise.reject(secret),
);

const anyPark = fc.constantFrom<KafkaHandlerOptions<unknown>['park']>(
  undefined,
  () => undefined,
  () => Promise.reject(new Error(`too large: ${secret}`)),
);

/** Everything an observer is given, as a logger would print it. */
function listening(): { readonly observer: Observer; readonly printed: string[] } {
  const printed: string[] = [];
  const print = (event: unknown) => void printed.push(JSON.stringify(event), inspect(event, { depth: null }));
  return { observer: observerOf((_, event) => print(event)), printed };
}

const secretive = (value: unknown, offset = 7): TestRecord =>
  aRecord({ offset, key: secret, value, headers: [['customer', secret]] });

describe('I8', () => {
  test('no observer is told what is in a record, whatever it is and whatever its work throws', async () => {
    await fc.assert(
      fc.asyncProperty(anyCodec, anyValue, anyThrown, anyPark, async (value, content, handle, park) => {
        const { observer, printed } = listening();
        const handler = kafkaHandler({ value, handle, observer, ...(park && { park }) });
        await handler(buildKafkaEvent([secretive(content)]), aLambdaContext());
        expect(printed.length).toBeGreaterThan(2);
        expect(printed.filter((text) => text.includes(secret))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('no decode error carries what it could not decode, neither in its text nor as its cause', async () => {
    await fc.assert(
      fc.asyncProperty(anyCodec, anyValue, async (value, content) => {
        const errors: unknown[] = [];
        const park = (_record: unknown, error: unknown) => void errors.push(error);
        await kafkaHandler({ value, handle: () => {}, park })(
          buildKafkaEvent([secretive(content)]),
          aLambdaContext(),
        );
        expect(
          errors.map((error) => inspect(error, { depth: null })).filter((text) => text.includes(secret)),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('what fails a whole batch says nothing of its records', async () => {
    const good = buildKafkaEvent([secretive('x')]);
    const bad = [
      { records: { 'order-events-1': good.records['order-events-0'] } },
      { records: { 'order-events-0': secret } },
      { records: { 'order-events-0': [secret] } },
      { records: { [secret]: secret } },
      buildKafkaEvent([secretive('x', 2 ** 60)]),
      good,
      secret,
    ];
    const fails = () => Promise.reject(new Error(secret));
    const handler = kafkaHandler({ value: bytes, handle: fails, response: 'whole-batch' });
    for (const event of bad) {
      const error = await handler(event, aLambdaContext()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: null })).not.toContain(secret);
    }
  });

  test('a record that is logged shows its position, and its headers nothing', async () => {
    const printed: string[] = [];
    const print = (thing: unknown) =>
      printed.push(String(thing), JSON.stringify(thing), inspect(thing, { depth: null }));
    await kafkaHandler({
      value: json(),
      handle: (record) => {
        print(record);
        print({ record });
        printed.push(JSON.stringify(record.headers), inspect(record.headers));
      },
    })(buildKafkaEvent([secretive({ name: secret })]), aLambdaContext());
    expect(printed.filter((text) => text.includes(secret))).toEqual([]);
    expect(printed).toContain('order-events-0@7');
  });

  test('the runtime writes nothing by itself', () => {
    const paths = sourceFiles('lib').map(({ path }) => path);
    const writers = paths.filter((path) =>
      /\bconsole\.|process\.std/.test(readFileSync(join(projectRoot, path), 'utf8')),
    );
    expect(paths).toContain('lib/kafka-handler.ts');
    expect(writers).toEqual([]);
  });
});
