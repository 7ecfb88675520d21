import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../support/source-files.ts';

/** `npm run test:codecs` has them written anew, and tests what was written. */
const folder = join(projectRoot, process.env.CODEC_FIXTURES ?? 'test/fixtures/codecs');

interface Encoded {
  readonly base64: string;
  /** The schema's number or uuid in the framing. */
  readonly id?: number | string;
  readonly value?: string;
  readonly schema?: string;
  readonly reference?: string;
}

const byPython: Readonly<Record<string, Encoded>> = JSON.parse(fixtureText('python.json'));
const byGlue: Readonly<Record<string, Encoded>> = JSON.parse(fixtureText('glue.json'));

/** A schema, or another file of the fixtures, as text. */
export function fixtureText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Bytes that an encoder of another language wrote, with what it said of them. */
export function encoded(name: string): Encoded & { readonly bytes: Buffer } {
  const found = byPython[name] ?? byGlue[name];
  if (found === undefined) throw new Error(`there is no fixture ${name}`);
  return { ...found, bytes: Buffer.from(found.base64, 'base64') };
}

export function encodedNames(prefix: string): readonly string[] {
  return Object.keys({ ...byPython, ...byGlue }).filter((name) => name.startsWith(prefix));
}
