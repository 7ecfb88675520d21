import { type Codec, json } from '../../decode/codec.ts';
import { DecodeError } from '../../errors/decode-error.ts';
import { checkNumber } from '../check-option.ts';
import { type RegistryOptions, registryCodec } from '../registry-codec.ts';
import { compileJsonSchema } from './ajv-schema.ts';
import { isDeeperThan } from './json-depth.ts';

export type { JsonSchema } from './ajv-schema.ts';
export { ajvSchema } from './ajv-schema.ts';

export interface JsonSchemaOptions extends RegistryOptions {
  /** How deep arrays and objects may lie in each other. @default 100 */
  readonly maxDepth?: number;
}

/**
 * JSON with a framing that names the JSON Schema it was written with, checked against that schema. `T` is what the schema says.
 *
 * For JSON with a schema of the consumer's own, use `json(schema)`, and `framed` where the records have a framing.
 *
 * @throws LanewiseError INVALID_OPTION
 */
export function jsonSchema<T = unknown>(options: JsonSchemaOptions): Codec<T> {
  const { maxDepth = 100 } = options;
  checkNumber('maxDepth', maxDepth, { least: 1 });
  return registryCodec<T>(options, {
    name: 'json-schema',
    format: 'JSON',
    compile: (schema) => {
      const codec = json(compileJsonSchema<T>(schema));
      return ({ body }) => {
        if (isDeeperThan(body, maxDepth)) {
          throw new DecodeError('LIMIT_EXCEEDED', `has arrays and objects more than ${maxDepth} deep`);
        }
        // ajv answers at once: there is no asynchronous schema here.
        return codec.decode(body) as T;
      };
    },
  });
}
