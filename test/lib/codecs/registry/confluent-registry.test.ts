import { describe, expect, test } from 'vitest';
import { type ConfluentRegistryOptions, confluentRegistry } from '../../../../lib/codecs/index.ts';
import { patienceMs } from '../../../support/patience.ts';
import {
  answering,
  halfAnAnswer,
  hangUp,
  type LoopbackRegistry,
  silence,
  startLoopbackRegistry,
} from '../support/loopback-registry.ts';

const schema = { schema: '"string"' };
const found = answering(200, schema);
const unknownSchema = answering(404, { error_code: 40403, message: 'Schema not found' });

function clientOf({ url }: LoopbackRegistry, options: Partial<ConfluentRegistryOptions> = {}) {
  return confluentRegistry({ url, timeout: patienceMs, retry: { backoff: 1 }, ...options });
}

describe('a schema that the registry knows', () => {
  test('is fetched by its number, and is there at once from then on', async () => {
    await using server = await startLoopbackRegistry(found);
    const registry = clientOf(server);
    expect(await registry.schema(7)).toEqual({ format: 'AVRO', text: '"string"', references: [] });
    expect(registry.schema(7)).toMatchObject({ format: 'AVRO' });
    expect(server.requests).toEqual(['GET /schemas/ids/7']);
  });

  test('is asked for once, however many records wait for it', async () => {
    await using server = await startLoopbackRegistry(found);
    const registry = clientOf(server);
    const waiting = Array.from({ length: 100 }, () => registry.schema(7));
    expect(new Set(await Promise.all(waiting)).size).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  test('comes with what it refers to, each after what it builds on itself, and each once', async () => {
    const reference = (name: string) => ({ name, subject: `sub ${name}`, version: 2 });
    const schemas: Readonly<Record<string, object>> = {
      '/api/schemas/ids/7': {
        schema: 'order',
        schemaType: 'PROTOBUF',
        references: [reference('b'), reference('a')],
      },
      '/api/subjects/sub%20a/versions/2': { schema: 'A' },
      '/api/subjects/sub%20b/versions/2': { schema: 'B', references: [reference('a'), reference('b')] },
    };
    await using server = await startLoopbackRegistry((request, response) => {
      answering(200, schemas[request.url ?? ''] ?? {})(request, response);
    });
    const registry = clientOf(server, { url: `${server.url}/api` });
    expect(await registry.schema(7)).toEqual({
      format: 'PROTOBUF',
      text: 'order',
      references: [
        { name: 'a', text: 'A' },
        { name: 'b', text: 'B' },
      ],
    });
    expect(server.requests).toHaveLength(3);
  });

  test('is asked for with the credentials, which may be renewed', async () => {
    await using server = await startLoopbackRegistry(found);
    await clientOf(server, { auth: { type: 'basic', username: 'ann', password: 'pä:ss' } }).schema(1);
    const tokens = ['first', 'second'];
    const bearer = clientOf(server, { auth: { type: 'bearer', token: async () => tokens.shift() ?? '' } });
    await bearer.schema(1);
    await bearer.schema(2);
    expect(server.headers.map(({ authorization }) => authorization)).toEqual([
      `Basic ${Buffer.from('ann:pä:ss').toString('base64')}`,
      'Bearer first',
      'Bearer second',
    ]);
  });
});

describe('a registry that misbehaves', () => {
  test.each([
    ['answers 500', answering(500, 'secret')],
    ['answers 429', answering(429, {})],
    ['hangs up', hangUp],
  ])('once %s and is asked again', async (_, fault) => {
    await using server = await startLoopbackRegistry(found);
    server.answers.push(fault, fault);
    expect(await clientOf(server).schema(7)).toMatchObject({ text: '"string"' });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ['answers 500 for ever', answering(500, 'secret'), 3],
    ['hangs up for ever', hangUp, 3],
    ['answers what is not JSON', answering(200, '<html>secret'), 1],
    ['answers what is not a schema', answering(200, { secret: 1 }), 1],
    ['answers references that are none', answering(200, { schema: '', references: [{}] }), 1],
    ['answers an unknown type of schema', answering(200, { schema: '', schemaType: 'secret' }), 1],
    ['answers more than 4 MB', answering(200, `"${'x'.repeat(5_000_000)}"`), 3],
    ['answers 401', answering(401, 'secret'), 1],
    ['answers 404 for another reason than the schema', answering(404, 'no such page'), 1],
    ['sends elsewhere', answering(302, '', { location: 'http://127.0.0.1:1/' }), 1],
  ])('%s: unavailable, to be tried again, with a bounded number of requests', async (_, fault, requests) => {
    await using server = await startLoopbackRegistry(fault);
    const registry = clientOf(server, { timeout: patienceMs });
    await expect(registry.schema(7)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      permanent: false,
    });
    await expect(registry.schema(8)).rejects.toThrow(/^(?!.*secret)the schema registry at http:/);
    expect(server.requests).toHaveLength(2 * requests);
  });

  test.each([
    ['does not answer', silence],
    ['stops in the middle of an answer', halfAnAnswer],
  ])('%s: unavailable after its time, with a bounded number of requests', async (_, fault) => {
    await using server = await startLoopbackRegistry(fault);
    await expect(clientOf(server, { timeout: 200 }).schema(7)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: expect.stringContaining('within 200 ms'),
    });
    // On a busy machine the time may be up before the server has seen a request.
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  test('is left alone for a moment, and then asked again', async () => {
    await using server = await startLoopbackRegistry(found);
    server.answers.push(answering(500, {}));
    let now = 0;
    const registry = clientOf(server, { retry: { attempts: 1 }, unavailableTtl: 1000, now: () => now });
    await expect(registry.schema(7)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    now = 999;
    expect(() => registry.schema(7)).toThrow(expect.objectContaining({ code: 'REGISTRY_UNAVAILABLE' }));
    now = 1000;
    expect(await registry.schema(7)).toMatchObject({ format: 'AVRO' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a schema that the registry does not know', () => {
  test('may appear later: it is asked for again after a moment', async () => {
    await using server = await startLoopbackRegistry(found);
    server.answers.push(unknownSchema);
    let now = 0;
    const registry = clientOf(server, { unknownSchemaTtl: 5000, now: () => now });
    await expect(registry.schema(7)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', permanent: false });
    now = 4999;
    expect(() => registry.schema(7)).toThrow(expect.objectContaining({ code: 'SCHEMA_NOT_FOUND' }));
    now = 5000;
    expect(await registry.schema(7)).toMatchObject({ format: 'AVRO' });
  });

  test('does not fill the memory: the one asked for first is forgotten first', async () => {
    await using server = await startLoopbackRegistry(found);
    const registry = clientOf(server, { maxSchemas: 2 });
    for (const id of [1, 2, 3]) await registry.schema(id);
    const answers = [1, 2, 3].map((id) => registry.schema(id));
    expect(answers.map((answer) => answer instanceof Promise)).toEqual([true, false, false]);
    // The server goes with the test: a request under way would reject where nobody waits for it.
    await Promise.all(answers);
  });
});

test('a URL that is none, or has credentials, is refused without showing them', () => {
  expect(() => confluentRegistry({ url: 'registry:8081' })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTION' }),
  );
  expect(() => confluentRegistry({ url: 'https://ann:secret@registry' })).toThrow(
    /^(?!.*secret)url has credentials/,
  );
});
