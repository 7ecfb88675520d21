import { checkNumber } from '../check-option.ts';
import type { SchemaId } from '../framing/framing.ts';
import { RegistryError } from './registry-error.ts';
import type { RegisteredSchema, SchemaRegistry } from './schema-registry.ts';

export interface RegistryCacheOptions {
  /** How many schemas are kept; the one fetched first is forgotten first. @default 1000 */
  readonly maxSchemas?: number;
  /** Milliseconds for which a schema that the registry did not know is not asked for again. @default 5000 */
  readonly unknownSchemaTtl?: number;
  /** Milliseconds for which a schema is not asked for again after the registry gave no usable answer. @default 1000 */
  readonly unavailableTtl?: number;
  /** Epoch milliseconds, for tests. @default Date.now */
  readonly now?: () => number;
}

type Entry =
  | { readonly state: 'known'; readonly schema: RegisteredSchema }
  | { readonly state: 'pending'; readonly schema: Promise<RegisteredSchema> }
  | { readonly state: 'failed'; readonly error: RegistryError; readonly until: number };

type FetchSchema = (id: SchemaId) => Promise<RegisteredSchema>;

/**
 * A registry with a memory: one request for each schema, however many records wait for it, and none for those that are known, because
 * schemas never change. A failure is remembered for a moment, so that a batch of a thousand records does not ask a thousand times.
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function cachedRegistry(
  name: string,
  fetchSchema: FetchSchema,
  options: RegistryCacheOptions = {},
): SchemaRegistry {
  const { maxSchemas = 1000, unknownSchemaTtl = 5000, unavailableTtl = 1000, now = Date.now } = options;
  checkNumber('maxSchemas', maxSchemas, { least: 1 });
  checkNumber('unknownSchemaTtl', unknownSchemaTtl, { least: 0 });
  checkNumber('unavailableTtl', unavailableTtl, { least: 0 });
  const entries = new Map<SchemaId, Entry>();

  const settle = (id: SchemaId, entry: Entry) => {
    entries.delete(id);
    entries.set(id, entry);
    forgetOldest(entries, maxSchemas);
  };
  const fetchOnce = async (id: SchemaId): Promise<RegisteredSchema> => {
    try {
      const schema = await fetchSchema(id);
      settle(id, { state: 'known', schema });
      return schema;
    } catch (cause) {
      const error = asRegistryError(name, cause);
      const ttl = isUnknownSchema(error) ? unknownSchemaTtl : unavailableTtl;
      settle(id, { state: 'failed', error, until: now() + ttl });
      throw error;
    }
  };
  const schema = (id: SchemaId): RegisteredSchema | Promise<RegisteredSchema> => {
    const entry = entries.get(id);
    if (entry?.state === 'known' || entry?.state === 'pending') return entry.schema;
    if (entry?.state === 'failed' && now() < entry.until) throw repeated(entry.error);
    const pending = fetchOnce(id);
    entries.set(id, { state: 'pending', schema: pending });
    return pending;
  };
  return { name, schema };
}

export function isUnknownSchema(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'SCHEMA_NOT_FOUND';
}

function forgetOldest(entries: Map<SchemaId, Entry>, limit: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= limit) break;
    entries.delete(oldest);
  }
}

function asRegistryError(name: string, error: unknown): RegistryError {
  if (error instanceof RegistryError) return error;
  const what = error instanceof Error ? error.name : typeof error;
  return new RegistryError('REGISTRY_UNAVAILABLE', `${name} could not be asked: ${what}`, { cause: error });
}

/** An error of its own for each record, with the stack of that record. */
function repeated(error: RegistryError): RegistryError {
  return new RegistryError(error.code, error.message, { cause: error });
}
