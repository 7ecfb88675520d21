import { GetSchemaVersionCommand, GlueClient } from '@aws-sdk/client-glue';
import { checkMilliseconds } from '../check-option.ts';
import type { SchemaId } from '../framing/framing.ts';
import { cachedRegistry, type RegistryCacheOptions } from './cached-registry.ts';
import { RegistryError } from './registry-error.ts';
import type { RegisteredSchema, SchemaRegistry } from './schema-registry.ts';

export interface GlueRegistryOptions extends RegistryCacheOptions {
  /** The SDK's client, whose region, credentials and retries hold. @default new GlueClient() */
  readonly client?: GlueClient;
  /** Milliseconds for a schema, with the SDK's retries. @default 5000 */
  readonly timeout?: number;
}

/**
 * The AWS Glue Schema Registry. The function's role needs `glue:GetSchemaVersion`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetSchemaVersion.html
 * @throws LanewiseError INVALID_OPTION
 */
export function glueRegistry(options: GlueRegistryOptions = {}): SchemaRegistry {
  const { client = new GlueClient(), timeout = 5000 } = options;
  checkMilliseconds('timeout', timeout);
  return cachedRegistry('the Glue schema registry', (id) => fetchSchema(client, id, timeout), options);
}

async function fetchSchema(client: GlueClient, id: SchemaId, timeout: number): Promise<RegisteredSchema> {
  const version = await getVersion(client, id, timeout);
  const { SchemaDefinition: text, DataFormat: format, Status: status } = version;
  if (status !== 'AVAILABLE') {
    // PENDING while Glue checks its compatibility, FAILURE or DELETING after.
    throw new RegistryError(
      'SCHEMA_NOT_FOUND',
      `the schema version ${id} in Glue is ${status}, expected AVAILABLE`,
    );
  }
  if (text === undefined || format === undefined) {
    throw new RegistryError(
      'REGISTRY_UNAVAILABLE',
      `Glue answered without the definition of schema version ${id}`,
    );
  }
  return { format, text, references: [] };
}

async function getVersion(client: GlueClient, id: SchemaId, timeout: number) {
  try {
    const command = new GetSchemaVersionCommand({ SchemaVersionId: String(id) });
    return await client.send(command, { abortSignal: AbortSignal.timeout(timeout) });
  } catch (error) {
    // By its name: a bundle may hold two copies of the class.
    if (error instanceof Error && error.name === 'EntityNotFoundException') {
      throw new RegistryError('SCHEMA_NOT_FOUND', `Glue has no schema version ${id}`, { cause: error });
    }
    const name = error instanceof Error ? error.name : 'unknown';
    throw new RegistryError('REGISTRY_UNAVAILABLE', `Glue gave no schema version ${id}: ${name}`, {
      cause: error,
    });
  }
}
