import { LanewiseError } from './lanewise-error.ts';

/** @throws LanewiseError INVALID_OPTION. Shows texts, numbers and the like as they are, of anything else its type. */
export function checkOption(name: string, got: unknown, allowed: boolean, expected: string): void {
  if (allowed) return;
  const shown = Object(got) === got ? typeof got : String(got);
  throw new LanewiseError('INVALID_OPTION', `the option ${name} is ${shown}, expected ${expected}`);
}

export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
