import { GlueClient } from '@aws-sdk/client-glue';
import { describe, expect, test } from 'vitest';
import { type GlueRegistryOptions, glueRegistry } from '../../../../lib/codecs/registry/glue-registry.ts';
import {
  answering,
  hangUp,
  type LoopbackRegistry,
  silence,
  startLoopbackRegistry,
} from '../support/loopback-registry.ts';

const version = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
const available = {
  SchemaVersionId: version,
  SchemaDefinition: '"string"',
  DataFormat: 'AVRO',
  Status: 'AVAILABLE',
};

function registryAt({ url }: LoopbackRegistry, options: GlueRegistryOptions = {}) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new GlueClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials,
    maxAttempts: 2,
    retryMode: 'standard',
  });
  return glueRegistry({ client, ...options });
}

function failing(status: number, type: string) {
  return answering(status, { __type: type, message: 'secret' }, { 'x-amzn-errortype': type });
}

describe('the Glue schema registry', () => {
  test('hands out a schema version, which is there at once from then on', async () => {
    await using server = await startLoopbackRegistry(answering(200, available));
    const registry = registryAt(server);
    expect(await registry.schema(version)).toEqual({ format: 'AVRO', text: '"string"', references: [] });
    expect(registry.schema(version)).toMatchObject({ format: 'AVRO' });
    expect(server.requests).toHaveLength(1);
    expect(server.headers[0]).toMatchObject({ 'x-amz-target': 'AWSGlue.GetSchemaVersion' });
  });

  test('is asked again by the SDK when it is busy', async () => {
    await using server = await startLoopbackRegistry(answering(200, available));
    server.answers.push(failing(400, 'ThrottlingException'));
    expect(await registryAt(server).schema(version)).toMatchObject({ format: 'AVRO' });
  });

  test.each([
    ['does not have the version', failing(400, 'EntityNotFoundException')],
    ['is still checking it', answering(200, { ...available, Status: 'PENDING' })],
    ['is deleting it', answering(200, { ...available, Status: 'DELETING' })],
  ])('%s: the schema is not found, which may pass', async (_, answer) => {
    await using server = await startLoopbackRegistry(answer);
    await expect(registryAt(server).schema(version)).rejects.toMatchObject({
      code: 'SCHEMA_NOT_FOUND',
      permanent: false,
      message: expect.not.stringContaining('secret'),
    });
  });

  test.each([
    ['fails', failing(500, 'InternalServiceException')],
    ['denies access', failing(400, 'AccessDeniedException')],
    ['hangs up', hangUp],
    ['does not answer in time', silence],
    ['answers what is not JSON', answering(200, '<html>')],
    ['answers nothing of use', answering(200, { Status: 'AVAILABLE' })],
  ])('%s: unavailable, to be tried again', async (_, answer) => {
    await using server = await startLoopbackRegistry(answer);
    await expect(registryAt(server, { timeout: 500 }).schema(version)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      permanent: false,
      message: expect.not.stringContaining('secret'),
    });
  });
});
