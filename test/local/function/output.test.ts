import { expect, test } from 'vitest';
import { aFunction } from './a-function.ts';

const linesOf = ({ logs }: { readonly logs: readonly { readonly line: string }[] }) =>
  logs.map(({ line }) => line);

test('labels every line that a handler writes by function and request', async () => {
  const talking = aFunction(`
    console.log('loading');
    export const handler = async (event, context) => {
      console.log('one\\ntwo');
      console.error('three');
      process.stdout.write('four, in ');
      process.stdout.write('pieces');
      return context.awsRequestId;
    };
  `);
  const first = await talking.invoke('{}');
  const requestId = first.kind === 'returned' ? JSON.parse(first.payload) : '';
  expect(talking.logs).toEqual([
    { function: 'billing', requestId: undefined, line: 'loading' },
    ...['one', 'two', 'three', 'four, in pieces'].map((line) => ({ function: 'billing', requestId, line })),
  ]);
});

test('captures loggers that hold the streams themselves', async () => {
  const logger = aFunction(`
    import { Console } from 'node:console';
    const own = new Console({ stdout: process.stdout, stderr: process.stderr });
    export const handler = async () => { own.info('structured') };
  `);
  await logger.invoke('{}');
  expect(linesOf(logger)).toEqual(['structured']);
});

test('keeps what a handler wrote before its environment died', async () => {
  const dying = aFunction(
    `export const handler = async () => { console.log('last words'); process.exit(1) }`,
  );
  await dying.invoke('{}');
  expect(linesOf(dying)).toEqual(['last words']);
});

test('cuts a line that is too long', async () => {
  const loud = aFunction(`export const handler = async () => { console.log('x'.repeat(1e6)) }`);
  await loud.invoke('{}');
  expect(loud.logs[0]?.line.length).toBeLessThan(17_000);
  expect(loud.logs[0]?.line).toMatch(/… \(cut at 16384 characters\)$/);
});

test('keeps characters whole that come in pieces, and reads the encoding that a writer names', async () => {
  const pieces = aFunction(`
    export const handler = async () => {
      const [first, ...others] = Buffer.from('€\\n');
      process.stdout.write(Buffer.from([first]));
      process.stdout.write(Buffer.from(others));
      process.stdout.write('6f6e650a', 'hex');
      await new Promise((resolve) => process.stdout.write(new Uint8Array([116, 119, 111, 10]), resolve));
    };
  `);
  await pieces.invoke('{}');
  expect(linesOf(pieces)).toEqual(['€', 'one', 'two']);
});

test('tells an error with its stack, as Lambda writes it into the log', async () => {
  const failing = aFunction(`export const handler = async () => { throw new RangeError('no stock') }`);
  await failing.invoke('{}');
  expect(failing.logs[0]).toEqual({
    function: 'billing',
    requestId: expect.stringMatching(/^\S{36}$/),
    line: 'Invoke Error RangeError: no stock',
  });
  expect(failing.logs[1]?.line).toMatch(/^ {4}at .*index\.mjs/);
});

test('tells why a module could not be loaded', async () => {
  const broken = aFunction(`throw new RangeError('no settings')`);
  await broken.invoke('{}');
  expect(broken.logs[0]).toEqual({
    function: 'billing',
    requestId: undefined,
    line: 'Init Error RangeError: no settings',
  });
});

test('tells of an environment that dies between two invocations', async () => {
  const later = aFunction(
    `export const handler = async () => { setTimeout(() => { throw new RangeError('too late') }, 20) }`,
  );
  await later.invoke('{}');
  await expect.poll(() => linesOf(later)[0]).toBe('Uncaught Exception RangeError: too late');
  expect((await later.invoke('{}')).kind).toBe('returned');
  expect(later.stats()).toMatchObject({ coldStarts: 2, functionErrors: 0 });
});
