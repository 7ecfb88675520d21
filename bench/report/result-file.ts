import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from '../result.ts';

const folder = join(import.meta.dirname, '..', '..', '.lanewise', 'bench');

/** Returns the file's path. */
export function writeResult(result: BenchResult): string {
  mkdirSync(folder, { recursive: true });
  // A smoke run leaves what was measured.
  const file = join(folder, `${result.name}${result.quick ? '.quick' : ''}.json`);
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
  return file;
}

/** @throws Error when the bench has never been run here. */
export function readResult(name: string): BenchResult {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
