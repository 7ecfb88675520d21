import { expect, test } from 'vitest';
import { startDebugger } from '../../../support/start-debugger.ts';
import { aBundle, aFunction } from '../a-function.ts';

const handler = `
export const handler = async (event, context) => {
  const left = context.getRemainingTimeInMillis();
  console.log('handling');
  return { left, id: event.id };
};`;

function anInspectedFunction(code: string, options: { readonly timeout: number; readonly waits?: boolean }) {
  const urls: string[] = [];
  const held: boolean[] = [];
  const inspect = {
    waits: options.waits ?? false,
    place: { port: 0 },
    onListening: (url: string) => urls.push(url),
    onHeld: (isHeld: boolean) => held.push(isHeld),
  };
  const inspected = aFunction(code, { timeout: options.timeout }, { inspect });
  const url = async () => {
    await expect.poll(() => urls.at(-1)).toBeDefined();
    return urls.at(-1) ?? '';
  };
  return { inspected, held, urls, url };
}

test('a debugger may hold a handler for longer than its timeout, and the invocation succeeds', async () => {
  // It is also what a slow machine may take for the handler itself.
  const timeout = 4_000;
  const { inspected, held, url } = anInspectedFunction(handler, { timeout });
  await inspected.warmUp();
  const debugging = await startDebugger(await url());
  await debugging.breakAt(/index\.mjs$/, 3);
  const answer = inspected.invoke('{"id":7}');
  await debugging.paused();
  await new Promise((resolve) => setTimeout(resolve, timeout + 500));
  expect(held).toEqual([true]);
  await debugging.resume();
  expect(await answer).toMatchObject({ kind: 'returned', payload: expect.stringContaining('"id":7') });
  debugging.close();
});

test('a handler goes on when the debugger that holds it goes', async () => {
  const { inspected, held, url } = anInspectedFunction(handler, { timeout: 60_000 });
  await inspected.warmUp();
  const debugging = await startDebugger(await url());
  await debugging.breakAt(/index\.mjs$/, 3);
  const answer = inspected.invoke('{}');
  await debugging.paused();
  debugging.close();
  expect(await answer).toMatchObject({ kind: 'returned' });
  await expect.poll(() => held).toEqual([true, false]);
});

test('new code of a function is inspected at the same port', async () => {
  const { inspected, urls, url } = anInspectedFunction(handler, { timeout: 60_000 });
  await inspected.warmUp();
  const { port } = new URL(await url());
  await inspected.replaceCode(aBundle({ 'index.mjs': 'export const handler = async () => "new"' }));
  expect(await inspected.invoke('{}')).toMatchObject({ payload: '"new"' });
  expect(urls.map((one) => new URL(one).port)).toEqual([port, port]);
});

test('a debugger that is given the port alone finds the function there', async () => {
  const { inspected, url } = anInspectedFunction(handler, { timeout: 60_000 });
  await inspected.warmUp();
  const found = await fetch(`http://${new URL(await url()).host}/json/list`);
  expect(await found.json()).toMatchObject([{ webSocketDebuggerUrl: await url() }]);
});

test('the time left that an inspected handler is told does not run out while it is held', async () => {
  const { inspected } = anInspectedFunction(handler, { timeout: 60_000 });
  const result = await inspected.invoke('{}');
  const { left } = JSON.parse(result.kind === 'returned' ? result.payload : '{}');
  expect(left).toBeGreaterThan(3_600_000);
});

test('an inspected handler that nobody holds still times out', async () => {
  const { inspected } = anInspectedFunction('export const handler = () => { for (;;); };', { timeout: 300 });
  expect(await inspected.invoke('{}')).toMatchObject({ kind: 'function-error', reason: 'timeout' });
});

test('a function that is held can be stopped, and its process is gone', async () => {
  const { inspected, url } = anInspectedFunction(handler, { timeout: 60_000 });
  await inspected.warmUp();
  const debugging = await startDebugger(await url());
  await debugging.breakAt(/index\.mjs$/, 3);
  const answer = inspected.invoke('{}');
  await debugging.paused();
  await inspected.stop();
  expect(await answer).toMatchObject({ kind: 'not-reached' });
  await debugging.closed();
});

test('a function that waits for its debugger runs nothing before', async () => {
  const { inspected, url } = anInspectedFunction(`console.log('loaded'); ${handler}`, {
    timeout: 60_000,
    waits: true,
  });
  const answer = inspected.invoke('{"id":8}');
  const debugging = await startDebugger(await url());
  await debugging.breakAt(/index\.mjs$/, 3);
  expect(inspected.logs).toEqual([]);
  await debugging.go();
  await debugging.paused();
  await debugging.resume();
  expect(await answer).toMatchObject({ kind: 'returned' });
  debugging.close();
});

test.each([
  ['throws', 'throw new TypeError("no stock")', { reason: 'thrown', errorType: 'TypeError' }],
  ['exits', 'process.exit(3)', { reason: 'exit', errorMessage: expect.stringContaining('exit status 3') }],
  [
    'is left by an error that nobody catches',
    'setTimeout(() => { throw new RangeError("late"); }); await new Promise(() => {})',
    { reason: 'exit', errorType: 'RangeError' },
  ],
])('an inspected handler that %s fails as it does uninspected', async (_, body, failure) => {
  const code = `export const handler = async () => { ${body} };`;
  const { inspected } = anInspectedFunction(code, { timeout: 60_000 });
  expect(await inspected.invoke('{}')).toMatchObject({ kind: 'function-error', ...failure });
  expect(await aFunction(code).invoke('{}')).toMatchObject({ kind: 'function-error', ...failure });
});
