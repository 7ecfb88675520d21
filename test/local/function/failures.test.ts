import { describe, expect, test } from 'vitest';
import { createConcurrencyLimit } from '../../../local/function/concurrency-limit.ts';
import { createFunction } from '../../../local/function/create-function.ts';
import { aFunction, aFunctionConfig, returned } from './a-function.ts';

/** Fails when the event says so, and tells otherwise whether its environment is a new one. */
const failing = (statement: string) =>
  `let n = 0; export const handler = async (event) => { n += 1; if (event.fail) { ${statement} } return n }`;

describe('a handler that fails', () => {
  test('is told in the shape of Lambda, and its environment lives on', async () => {
    const throwing = aFunction(failing('throw new RangeError("no stock")'));
    expect(await throwing.invoke('{"fail":true}')).toMatchObject({
      kind: 'function-error',
      reason: 'thrown',
      errorType: 'RangeError',
      errorMessage: 'no stock',
      trace: expect.arrayContaining(['RangeError: no stock']),
    });
    expect(returned(await throwing.invoke('{}'))).toBe(2);
    expect(throwing.stats()).toMatchObject({ functionErrors: 1, coldStarts: 1 });
  });

  test('may throw what is no error', async () => {
    const odd = aFunction(failing('throw "plain text"'));
    expect(await odd.invoke('{"fail":true}')).toMatchObject({
      errorType: 'string',
      errorMessage: 'plain text',
    });
  });

  test.each([
    ['ends the process', 'process.exit(3)', 'Runtime.ExitError', /exit status 3/],
    [
      'ends the process without a reason',
      'process.exit(0)',
      'Runtime.ExitError',
      /without providing a reason/,
    ],
    [
      'leaves a rejection unhandled',
      'Promise.reject(new TypeError("lost")); await new Promise(() => {})',
      'Runtime.UnhandledPromiseRejection',
      /^TypeError: lost$/,
    ],
    [
      'throws in a timer',
      'setTimeout(() => { throw new SyntaxError("late") }); await new Promise(() => {})',
      'SyntaxError',
      /^late$/,
    ],
  ])('that %s loses its environment', async (_title, statement, errorType, errorMessage) => {
    const dying = aFunction(failing(statement));
    expect(await dying.invoke('{"fail":true}')).toMatchObject({
      kind: 'function-error',
      reason: 'exit',
      errorType,
      errorMessage: expect.stringMatching(errorMessage),
    });
    expect(dying.stats()).toMatchObject({ environments: 0 });
    expect(returned(await dying.invoke('{}'))).toBe(1);
    expect(dying.stats()).toMatchObject({ coldStarts: 2 });
  });

  test('out of memory ends the environment, not the process', async () => {
    const greedy = aFunction(
      failing('const all = []; for (;;) all.push(Array.from({ length: 1e5 }, () => ({})))'),
      {
        memorySize: 32,
      },
    );
    expect(await greedy.invoke('{"fail":true}')).toMatchObject({ reason: 'out-of-memory' });
    expect(returned(await greedy.invoke('{}'))).toBe(1);
  });

  test.each([
    ['waits for ever', 'await new Promise(() => {})'],
    ['never yields', 'for (;;);'],
  ])('is terminated at its timeout when it %s', async (_title, statement) => {
    const late = aFunction(failing(statement), { timeout: 300 });
    expect(await late.invoke('{"fail":true}')).toMatchObject({
      kind: 'function-error',
      reason: 'timeout',
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S{36} Error: Task timed out after 0\.30 seconds$/),
    });
    // On a busy machine the next one may take too long as well; whichever ends in time is the first of its environment.
    await expect.poll(() => late.invoke('{}')).toMatchObject({ kind: 'returned', payload: '1' });
  });

  test('may not answer with more than 6 MB, counted in bytes', async () => {
    const large = aFunction('export const handler = async (event) => event.letter.repeat(3_145_800)');
    const [fits, tooLarge] = [await large.invoke('{"letter":"a"}'), await large.invoke('{"letter":"ä"}')];
    expect(fits.kind).toBe('returned');
    expect(tooLarge.kind === 'function-error' && tooLarge.reason).toBe('response-too-large');
  });

  test.each([
    ['a circle', 'const a = {}; a.a = a; return a', /circular/],
    ['a BigInt', 'return { n: 1n }', /BigInt/],
  ])('fails when its answer is no JSON, as %s', async (_title, body, reason) => {
    const answering = aFunction(`export const handler = async () => { ${body} }`);
    expect(await answering.invoke('{}')).toMatchObject({
      reason: 'thrown',
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: expect.stringMatching(/^Unable to stringify response body: /),
    });
    const result = await answering.invoke('{}');
    expect(result.kind === 'function-error' && result.errorMessage).toMatch(reason);
    expect(answering.stats()).toMatchObject({ coldStarts: 1 });
  });

  test('that leaves a rejection to itself fails, though it returns', async () => {
    const forgetful = aFunction(
      'export const handler = async () => { (async () => { throw new TypeError("lost") })(); return "done" }',
    );
    expect(await forgetful.invoke('{}')).toMatchObject({
      reason: 'exit',
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'TypeError: lost',
    });
  });

  test.each([
    ['null', 'throw null', 'object', 'null'],
    ['undefined', 'throw undefined', 'undefined', 'undefined'],
    ['an object', 'throw { name: "a", message: "b" }', 'object', '[object Object]'],
    [
      'an error that cannot be looked at',
      'throw Object.defineProperty(new Error(), "name", { get() { throw new Error("hidden") } })',
      'handled',
      expect.stringContaining('there was a problem'),
    ],
    ['an object without a text', 'throw Object.create(null)', 'handled', expect.any(String)],
  ])('may throw %s, and its environment lives on', async (_title, statement, errorType, errorMessage) => {
    const odd = aFunction(failing(statement));
    expect(await odd.invoke('{"fail":true}')).toMatchObject({ reason: 'thrown', errorType, errorMessage });
    expect(returned(await odd.invoke('{}'))).toBe(2);
  });
});

describe('a module that cannot be loaded', () => {
  test.each([
    ['throws', 'throw new Error("no settings")', 'Error', /^no settings$/],
    ['ends the process', 'process.exit(1)', 'Runtime.ExitError', /exit status 1/],
    ['is no JavaScript', 'export const handler = (', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    [
      'imports what is not in the bundle',
      'import "zod"',
      'Runtime.ImportModuleError',
      /Cannot find package 'zod'/,
    ],
    ['exports no handler', 'export const other = 1', 'Runtime.HandlerNotFound', /undefined or not exported/],
    ['exports no function', 'export const handler = 5', 'Runtime.HandlerNotFound', /not a function/],
    [
      'takes a callback',
      'export const handler = (event, context, callback) => callback()',
      'Runtime.CallbackHandlerDeprecated',
      /callback/,
    ],
  ])('because it %s fails every invocation in its init phase', async (_title, code, errorType, message) => {
    const broken = aFunction(code);
    const failure = {
      kind: 'function-error',
      reason: 'init',
      errorType,
      errorMessage: expect.stringMatching(message),
    };
    expect(await broken.warmUp()).toMatchObject(failure);
    expect(await broken.invoke('{}')).toMatchObject(failure);
    expect(broken.stats()).toMatchObject({ environments: 0 });
  });

  test.each(['handler', '../index.handler'])(
    'because it is named %s fails in its init phase',
    async (name) => {
      const misnamed = aFunction('export const handler = async () => 1', { handler: name });
      expect(await misnamed.invoke('{}')).toMatchObject({
        reason: 'init',
        errorType: 'Runtime.MalformedHandlerName',
      });
    },
  );

  test('because the file is missing fails in its init phase', async () => {
    const absent = aFunction({ 'other.mjs': '' });
    expect(await absent.invoke('{}')).toMatchObject({
      reason: 'init',
      errorType: 'Runtime.ImportModuleError',
    });
  });

  test('because Node refuses the options of the template fails in its init phase', async () => {
    const refused = aFunction('export const handler = async () => 1', {
      environment: { NODE_OPTIONS: '--no-such-option' },
    });
    expect(await refused.invoke('{}')).toMatchObject({
      kind: 'function-error',
      reason: 'init',
      errorMessage: expect.stringMatching(/NODE_OPTIONS.*--no-such-option.*leave it out, or .* --inspect/),
    });
  });
});

describe('an invocation that does not reach the function', () => {
  const slow =
    'export const handler = async () => { await new Promise((r) => setTimeout(r, 300)); return 1 }';

  test('is throttled above the reserved concurrency, and uses no environment', async () => {
    const reserved = aFunction(slow, { reservedConcurrency: 1 });
    const [first, second] = await Promise.all([reserved.invoke('{}'), reserved.invoke('{}')]);
    expect(first).toMatchObject({ kind: 'returned' });
    expect(second).toMatchObject({ kind: 'not-reached', reason: 'throttled' });
    expect(reserved.stats()).toMatchObject({ throttles: 1, invocations: 1, coldStarts: 1 });
    expect(await reserved.invoke('{}')).toMatchObject({ kind: 'returned' });
  });

  test('is always throttled with a reserved concurrency of 0', async () => {
    const off = aFunction(slow, { reservedConcurrency: 0 });
    expect(await off.invoke('{}')).toMatchObject({ reason: 'throttled' });
  });

  test('is throttled when other functions use up the concurrency of the account', async () => {
    const account = createConcurrencyLimit(1, 'ConcurrentInvocationLimitExceeded');
    const one = aFunction(slow, {}, { account });
    const other = aFunction(slow, { name: 'inventory' }, { account });
    const [first, second] = await Promise.all([one.invoke('{}'), other.invoke('{}')]);
    expect(first).toMatchObject({ kind: 'returned' });
    expect(second).toMatchObject({ reason: 'throttled' });
  });

  test('is refused above 6 MB, counted in bytes', async () => {
    const idle = aFunction('export const handler = async () => 1');
    const event = JSON.stringify({ value: 'ä'.repeat(3_145_728) });
    expect(await idle.invoke(event)).toMatchObject({ kind: 'not-reached', reason: 'service' });
    expect(idle.stats()).toMatchObject({ invocations: 0 });
  });

  test('ends when the function stops, while it runs or waits', async () => {
    const stopping = aFunction(
      'export const handler = () => new Promise(() => {})',
      {},
      { maximumEnvironments: 1 },
    );
    const pending = [stopping.invoke('{}'), stopping.invoke('{}')];
    await stopping.stop();
    for (const result of await Promise.all([...pending, stopping.invoke('{}')])) {
      expect(result).toMatchObject({ kind: 'not-reached', reason: 'service' });
    }
    expect(stopping.stats()).toMatchObject({ environments: 0 });
  });
});

test('a fault on purpose kills the environment of the invocation it names, and no other', async () => {
  const waiting = aFunction(
    'let n = 0; export const handler = async (event) => { if (event.waits) await new Promise(() => {}); return ++n }',
    {},
    { fault: ({ number }) => (number === 2 ? { kind: 'die', afterMs: 5 } : undefined) },
  );
  expect(returned(await waiting.invoke('{}'))).toBe(1);
  expect(await waiting.invoke('{"waits":true}')).toMatchObject({
    kind: 'function-error',
    reason: 'exit',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('killed'),
  });
  expect(returned(await waiting.invoke('{}'))).toBe(1);
});

test('a timeout above 14 minutes is refused, since a Kafka mapping allows no more', () => {
  const config = aFunctionConfig({ timeout: 841_000 });
  expect(() => createFunction(config, { projectDirectory: process.cwd() })).toThrow(
    'function billing has a timeout of 841 s, but a Kafka mapping allows at most 840 s (14 minutes): lower its Timeout',
  );
  expect(() =>
    createFunction({ ...config, timeout: 840_000 }, { projectDirectory: process.cwd() }),
  ).not.toThrow();
});
