export { confluentFraming } from './framing/confluent-framing.ts';
export { framed } from './framing/framed.ts';
export type { Framed, Framing, SchemaId } from './framing/framing.ts';
export { mappingFraming } from './framing/mapping-framing.ts';
export { cachedRegistry, type RegistryCacheOptions } from './registry/cached-registry.ts';
export {
  type ConfluentAuth,
  type ConfluentRegistryOptions,
  confluentRegistry,
} from './registry/confluent-registry.ts';
export { type FixedSchema, fixedRegistry } from './registry/fixed-registry.ts';
export type { HttpRetry } from './registry/http-get.ts';
export { RegistryError, type RegistryErrorCode } from './registry/registry-error.ts';
export type {
  RegisteredSchema,
  SchemaFormat,
  SchemaReference,
  SchemaRegistry,
} from './registry/schema-registry.ts';
export type { RegistryOptions } from './registry-codec.ts';
export { validated } from './validated.ts';
