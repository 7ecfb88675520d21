import { LanewiseError } from '../../errors/lanewise-error.ts';
import { checkMilliseconds, checkNumber } from '../check-option.ts';
import type { SchemaId } from '../framing/framing.ts';
import { cachedRegistry, type RegistryCacheOptions } from './cached-registry.ts';
import { type HttpAnswer, type HttpRetry, httpGet, refusedWith, unavailable } from './http-get.ts';
import { RegistryError } from './registry-error.ts';
import type { RegisteredSchema, SchemaFormat, SchemaReference, SchemaRegistry } from './schema-registry.ts';

export type ConfluentAuth =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  /** A function is asked for each request, so that a token can be renewed. */
  | { readonly type: 'bearer'; readonly token: string | (() => string | Promise<string>) };

export interface ConfluentRegistryOptions extends RegistryCacheOptions {
  /** `https://…`, with a path where the registry has one, and without credentials. */
  readonly url: string;
  readonly auth?: ConfluentAuth;
  /** Milliseconds for one request. @default 3000 */
  readonly timeout?: number;
  readonly retry?: HttpRetry;
}

/** What the registry's API says of a schema. */
interface SchemaAnswer {
  readonly schema: string;
  /** Absent for Avro. */
  readonly schemaType?: string;
  readonly references?: readonly ReferenceAnswer[];
}

interface ReferenceAnswer {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

type Get = (path: string) => Promise<HttpAnswer & { readonly url: URL }>;

const maxReferences = 200;
const schemaNotFound = 40403;

/**
 * Confluent's schema registry, or one with its HTTP API: Apicurio, Karapace, Redpanda.
 *
 * @see https://docs.confluent.io/platform/current/schema-registry/develop/api.html
 * @throws LanewiseError INVALID_OPTION
 */
export function confluentRegistry(options: ConfluentRegistryOptions): SchemaRegistry {
  const { url, auth, timeout = 3000, retry } = options;
  checkMilliseconds('timeout', timeout);
  checkNumber('retry.attempts', retry?.attempts ?? 1, { least: 1 });
  checkMilliseconds('retry.backoff', retry?.backoff ?? 0);
  const base = baseUrl(url);
  const headers = async () => ({
    accept: 'application/vnd.schemaregistry.v1+json, application/json',
    ...(await authorization(auth)),
  });
  const get: Get = async (path) => {
    const target = new URL(path, base);
    return { url: target, ...(await httpGet(target, { ...retry, timeout, headers })) };
  };
  const name = `the schema registry at ${base.origin}`;
  return cachedRegistry(name, (id) => fetchSchema(get, id), options);
}

async function fetchSchema(get: Get, id: SchemaId): Promise<RegisteredSchema> {
  const answer = await get(`schemas/ids/${encodeURIComponent(id)}`);
  const { url, status, body } = answer;
  if (status === 404 && errorCodeOf(body) === schemaNotFound) {
    throw new RegistryError('SCHEMA_NOT_FOUND', `the schema registry at ${url.origin} has no schema ${id}`);
  }
  const schema = schemaOf(answer);
  const references = new Map<string, SchemaReference>();
  await addReferences(get, schema, references);
  return { format: formatOf(schema, url), text: schema.schema, references: [...references.values()] };
}

/** Depth first, so that each comes after those that it builds on. */
async function addReferences(
  get: Get,
  schema: SchemaAnswer,
  found: Map<string, SchemaReference>,
  visiting: Set<string> = new Set(),
): Promise<void> {
  for (const { name, subject, version } of schema.references ?? []) {
    const path = `subjects/${encodeURIComponent(subject)}/versions/${version}`;
    if (found.has(name) || visiting.has(path)) continue;
    visiting.add(path);
    const answer = await get(path);
    if (visiting.size > maxReferences)
      throw unavailable(answer.url, `has a schema of over ${maxReferences} references`);
    const referenced = schemaOf(answer);
    await addReferences(get, referenced, found, visiting);
    found.set(name, { name, text: referenced.schema });
  }
}

function schemaOf({ url, status, body }: HttpAnswer & { readonly url: URL }): SchemaAnswer {
  if (status !== 200) throw refusedWith(url, status);
  if (!isSchemaAnswer(body)) throw unavailable(url, 'answered with what is not a schema');
  return body;
}

function isSchemaAnswer(body: unknown): body is SchemaAnswer {
  if (!isObject(body) || typeof body.schema !== 'string') return false;
  const { references = [] } = body;
  return Array.isArray(references) && references.every(isReference);
}

function isReference(item: unknown): item is ReferenceAnswer {
  if (!isObject(item)) return false;
  return typeof item.name === 'string' && typeof item.subject === 'string' && Number.isInteger(item.version);
}

function formatOf({ schemaType = 'AVRO' }: SchemaAnswer, url: URL): SchemaFormat {
  if (schemaType === 'AVRO' || schemaType === 'PROTOBUF' || schemaType === 'JSON') return schemaType;
  throw unavailable(url, 'has a schema whose type is none of AVRO, PROTOBUF and JSON');
}

function errorCodeOf(body: unknown): unknown {
  return isObject(body) ? body.error_code : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

async function authorization(auth: ConfluentAuth | undefined): Promise<Readonly<Record<string, string>>> {
  switch (auth?.type) {
    case undefined:
      return {};
    case 'basic':
      return {
        authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`,
      };
    case 'bearer':
      return { authorization: `Bearer ${typeof auth.token === 'string' ? auth.token : await auth.token()}` };
  }
}

function baseUrl(text: string): URL {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new LanewiseError(
      'INVALID_OPTION',
      `url is ${JSON.stringify(text)}, expected one with http or https`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new LanewiseError('INVALID_OPTION', `url has credentials for ${url.origin}, expected them in auth`);
  }
  return url;
}
