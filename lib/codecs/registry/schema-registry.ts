import type { SchemaId } from '../framing/framing.ts';

export type SchemaFormat = 'AVRO' | 'PROTOBUF' | 'JSON';

export interface RegisteredSchema {
  readonly format: SchemaFormat;
  /** The schema as it was registered: JSON for Avro and JSON Schema, the text of a `.proto` file for Protobuf. */
  readonly text: string;
  /** Schemas that it builds on, each after those that it builds on itself. */
  readonly references: readonly SchemaReference[];
}

export interface SchemaReference {
  /** By which the schema refers to it: an Avro name, the path of a Protobuf import, or a JSON Schema `$ref`. */
  readonly name: string;
  readonly text: string;
}

/** Where codecs get the schema that a record was written with. */
export interface SchemaRegistry {
  /** For error messages: `the schema registry at https://…`. */
  readonly name: string;
  /**
   * The schema itself once it is known, so that no record waits for a promise; a promise before.
   *
   * @throws RegistryError SCHEMA_NOT_FOUND, REGISTRY_UNAVAILABLE; so does the promise.
   */
  readonly schema: (id: SchemaId) => RegisteredSchema | Promise<RegisteredSchema>;
}
