import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFunctionLog } from '../../../local/run/function-log.ts';

const aFile = () => join(mkdtempSync(join(tmpdir(), 'lanewise-log-')), 'functions.log');
const line = (text: string) => ({ function: 'billing', requestId: 'r-1', line: text });

test('each line is kept with its function and request, and shown to who asks for it', async () => {
  const file = aFile();
  const shown: string[] = [];
  const log = openFunctionLog({ file, show: (text) => shown.push(text), isShared: false });
  log.write({ ...line('loaded'), requestId: undefined });
  log.write(line('an invoice'));
  await log.close();
  expect(shown).toEqual(['billing init loaded', 'billing r-1 an invoice']);
  expect(readFileSync(file, 'utf8')).toBe('billing init loaded\nbilling r-1 an invoice\n');
});

test('a run begins a log of its own, but not over that of a run beside it', async () => {
  const file = aFile();
  const first = openFunctionLog({ file, show: undefined, isShared: false });
  first.write(line('of the first run'));
  const beside = openFunctionLog({ file, show: undefined, isShared: true });
  beside.write(line('of the one beside it'));
  await Promise.all([first.close(), beside.close()]);
  expect(readFileSync(file, 'utf8').trim().split('\n').toSorted()).toEqual([
    'billing r-1 of the first run',
    'billing r-1 of the one beside it',
  ]);
  await openFunctionLog({ file, show: undefined, isShared: false }).close();
  expect(readFileSync(file, 'utf8')).toBe('');
});
