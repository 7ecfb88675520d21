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
