import { describe, expect, test } from 'vitest';
import { aBundle, aFunction, returned } from './a-function.ts';

const traceHeader = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/;

describe('a function', () => {
  test('answers with the JSON text of what its handler returns', async () => {
    const echo = aFunction('export const handler = async (event) => ({ got: event.records })');
    expect(await echo.invoke('{"records":{"orders-0":[1]}}')).toEqual({
      kind: 'returned',
      payload: '{"got":{"orders-0":[1]}}',
    });
  });

  test('answers null when the handler returns nothing', async () => {
    const silent = aFunction('export const handler = async () => {}');
    expect(await silent.invoke('{}')).toEqual({ kind: 'returned', payload: 'null' });
  });

  test('may be synchronous', async () => {
    const plain = aFunction('export const handler = (event) => event.n + 1');
    expect(returned(await plain.invoke('{"n":41}'))).toBe(42);
  });

  test('may be CommonJS, also when the module has no package.json', async () => {
    const common = aFunction({ 'index.js': 'exports.handler = async () => __filename.endsWith("index.js")' });
    expect(returned(await common.invoke('{}'))).toBe(true);
  });

  test('may be an ES module in a .js file, with a path and a nested export in its handler name', async () => {
    const nested = aFunction(
      { 'app/main.js': 'export const api = { run: async () => import.meta.url.endsWith("main.js") }' },
      { handler: 'app/main.api.run' },
    );
    expect(returned(await nested.invoke('{}'))).toBe(true);
  });

  test('gets the context of a Lambda invocation', async () => {
    const look = aFunction(
      `export const handler = async (_event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })`,
      { timeout: 7000, memorySize: 256, logGroupName: 'billing-logs' },
    );
    const context = returned(await look.invoke('{}'));
    expect(context).toMatchObject({
      functionName: 'shop-billing',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:shop-billing',
      memoryLimitInMB: '256',
      logGroupName: 'billing-logs',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      xRayTraceId: expect.stringMatching(traceHeader),
    });
    for (const gone of ['callbackWaitsForEmptyEventLoop', 'done', 'fail', 'succeed']) {
      expect(context).not.toHaveProperty(gone);
    }
    expect(context).toHaveProperty(
      'left',
      expect.toSatisfy((left: number) => left > 0 && left <= 7000),
    );
  });

  test('sees the variables of its template, of Lambda and of the local services, and none of this process', async () => {
    const look = aFunction(
      'export const handler = async () => process.env',
      { environment: { TABLE: 'invoices', AWS_ENDPOINT_URL_SQS: 'https://far' }, logFormat: 'JSON' },
      { environment: { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' } },
    );
    const variables = Object(returned(await look.invoke('{}')));
    expect(variables).toMatchObject({
      TABLE: 'invoices',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_LAMBDA_FUNCTION_NAME: 'shop-billing',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/shop-billing',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
      AWS_REGION: 'eu-central-1',
      _X_AMZN_TRACE_ID: expect.stringMatching(traceHeader),
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    });
    expect(variables).not.toHaveProperty('HOME');
    expect(variables.PATH).not.toContain('node_modules');
  });
});

describe('execution environments', () => {
  const counting = 'let n = 0; export const handler = async () => ++n';

  test('serve one invocation after the other, and keep what the module holds', async () => {
    const warm = aFunction(counting);
    expect(returned(await warm.invoke('{}'))).toBe(1);
    expect(returned(await warm.invoke('{}'))).toBe(2);
    expect(warm.stats()).toMatchObject({ invocations: 2, coldStarts: 1, environments: 1 });
  });

  test('serve concurrent invocations in an environment each', async () => {
    const slow = aFunction(
      'let n = 0; export const handler = async () => { n += 1; await new Promise((r) => setTimeout(r, 300)); return n }',
    );
    const answers = await Promise.all([1, 2, 3].map(() => slow.invoke('{}')));
    expect(answers.map(returned)).toEqual([1, 1, 1]);
    expect(slow.stats()).toMatchObject({ coldStarts: 3, environments: 3 });
  });

  test('are no more than allowed: later invocations wait for their turn', async () => {
    const bounded = aFunction(counting, {}, { maximumEnvironments: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => bounded.invoke('{}')));
    expect(answers.map(returned)).toEqual([1, 2, 3]);
    expect(bounded.stats()).toMatchObject({ coldStarts: 1 });
  });

  test('run replaced code from the next invocation on, and end what runs on the old code', async () => {
    const changing = aFunction(
      'export const handler = async () => { await new Promise((r) => setTimeout(r, 200)); return "old" }',
    );
    await changing.invoke('{}');
    const inFlight = changing.invoke('{}');
    await changing.replaceCode(aBundle({ 'index.mjs': 'export const handler = async () => "new"' }));
    expect(returned(await changing.invoke('{}'))).toBe('new');
    expect(returned(await inFlight)).toBe('old');
    expect(returned(await changing.invoke('{}'))).toBe('new');
    expect(changing.stats().environments).toBe(1);
  });

  test('can be started ahead', async () => {
    const ahead = aFunction(counting);
    expect(await ahead.warmUp()).toBeUndefined();
    expect(returned(await ahead.invoke('{}'))).toBe(1);
    expect(ahead.stats()).toMatchObject({ coldStarts: 1 });
  });
});
