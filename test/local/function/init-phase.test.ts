import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FunctionConfig } from '../../../local/assembly/local-system.ts';
import { aBundle, aFunction, returned } from './a-function.ts';

/** A function whose first init phase overruns its time; those after it take `ms`. */
function aSlowStarter(config: Partial<FunctionConfig>, ms = 0) {
  const directory = aBundle({
    slow: '',
    'index.mjs': `
      import { existsSync } from 'node:fs';
      const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      while (existsSync(new URL('./slow', import.meta.url))) await sleep(10);
      await sleep(${ms});
      export const handler = async (event, context) => {
        while (event.stay) { console.log('stays'); await sleep(100); }
        return context.getRemainingTimeInMillis();
      };`,
  });
  const logs: string[] = [];
  const onLog = ({ line }: { readonly line: string }) => {
    logs.push(line);
    if (line.startsWith('INIT_REPORT')) rmSync(join(directory, 'slow'));
  };
  return { ...aFunction({}, { codeDirectory: directory, ...config }, { initLimit: 300, onLog }), logs };
}

test('an init phase that overruns its time begins anew, within the timeout of the invocation', async () => {
  const slow = aSlowStarter({ timeout: 60_000 });
  expect((await slow.invoke('{}')).kind).toBe('returned');
  expect((await slow.invoke('{}')).kind).toBe('returned');
  expect(slow.stats()).toMatchObject({ coldStarts: 1, functionErrors: 0, environments: 1 });
  expect(slow.logs).toEqual(['INIT_REPORT Init Duration: 300.00 ms Phase: init Status: timeout']);
});

test('the time that an init phase took of an invocation is not left for its handler', async () => {
  const slow = aSlowStarter({ timeout: 60_000 }, 1_000);
  const first = returned(await slow.invoke('{}'));
  expect(first).toBeLessThanOrEqual(59_000);
  expect(returned(await slow.invoke('{}'))).toBeGreaterThan(Number(first));
});

test('a handler that stays ends with what its init phase left of the timeout', async () => {
  const slow = aSlowStarter({ timeout: 2_000 }, 1_500);
  expect(await slow.invoke('{"stay":true}')).toMatchObject({ reason: 'timeout' });
  expect(slow.logs.filter((line) => line === 'stays').length).toBeLessThanOrEqual(6);
});

test('an init phase that overruns the timeout too ends as a timeout', async () => {
  const slow = aSlowStarter({ timeout: 200 }, 60_000);
  expect(await slow.invoke('{}')).toMatchObject({
    kind: 'function-error',
    reason: 'timeout',
    errorMessage: expect.stringContaining('Task timed out after 0.20 seconds'),
  });
  expect(slow.stats()).toMatchObject({ environments: 0 });
});

test('a function that stops in its init phase begins none anew', async () => {
  const starting = aFunction('await new Promise((resolve) => setTimeout(resolve, 60_000))');
  const result = starting.invoke('{}');
  await expect.poll(() => starting.stats().environments).toBe(1);
  await starting.stop();
  expect(await result).toMatchObject({ kind: 'not-reached', reason: 'service' });
  expect(starting.logs).toEqual([]);
  expect(starting.stats()).toMatchObject({ coldStarts: 1, environments: 0 });
});
