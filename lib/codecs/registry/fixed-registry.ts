import type { SchemaId } from '../framing/framing.ts';
import { RegistryError } from './registry-error.ts';
import type { RegisteredSchema, SchemaFormat, SchemaReference, SchemaRegistry } from './schema-registry.ts';

export interface FixedSchema {
  readonly format: SchemaFormat;
  readonly text: string;
  readonly references?: readonly SchemaReference[];
}

/**
 * Schemas that are known beforehand, by Confluent's number or Glue's uuid in lower case: for tests, and for functions that must not
 * depend on a registry.
 */
export function fixedRegistry(schemas: ReadonlyMap<SchemaId, FixedSchema>): SchemaRegistry {
  const known = new Map<SchemaId, RegisteredSchema>(
    [...schemas].map(([id, schema]) => [id, { references: [], ...schema }]),
  );
  return {
    name: 'the fixed schema registry',
    schema: (id) => {
      const found = known.get(id);
      if (found === undefined) {
        throw new RegistryError('SCHEMA_NOT_FOUND', `the fixed schema registry has no schema ${id}`);
      }
      return found;
    },
  };
}
