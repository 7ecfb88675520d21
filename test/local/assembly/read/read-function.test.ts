import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../../local/assembly/load-assembly.ts';
import {
  aFunctionResource,
  anAssembly,
  aTemplate,
  firstOf,
  functionOf,
  type Json,
  load,
} from '../an-assembly.ts';

describe('a function', () => {
  test('has its name, its ARN, its bundle and the defaults of Lambda', () => {
    const directory = anAssembly({ shop: { template: aTemplate() } });
    expect(firstOf(loadAssembly({ directory }).functions)).toEqual({
      logicalId: 'BillingFunction',
      stack: 'shop',
      name: 'billing',
      functionName: expect.stringMatching(/^shop-BillingFunction-[A-Z0-9]{12}$/),
      arn: expect.stringMatching(/^arn:aws:lambda:eu-central-1:000000000000:function:shop-BillingFunction-/),
      codeDirectory: join(directory, 'asset.bundle'),
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      timeout: 3000,
      memorySize: 128,
      environment: {},
      reservedConcurrency: undefined,
    });
  });

  test('has what its template says', () => {
    const properties = {
      FunctionName: 'billing-prod',
      Timeout: 30,
      MemorySize: '512',
      ReservedConcurrentExecutions: 0,
      LoggingConfig: { LogGroup: { Ref: 'Logs' }, LogFormat: 'JSON', ApplicationLogLevel: 'WARN' },
      Environment: { Variables: { RETRIES: 3 } },
    };
    const Logs = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop/billing' } };
    const template = aTemplate({ Resources: { Logs, BillingFunction: aFunctionResource(properties) } });
    expect(firstOf(load(template).functions)).toMatchObject({
      functionName: 'billing-prod',
      timeout: 30_000,
      memorySize: 512,
      reservedConcurrency: 0,
      logGroupName: '/shop/billing',
      logFormat: 'JSON',
      logLevel: 'WARN',
      environment: { RETRIES: '3' },
    });
  });

  test('has the same names in every run, and others in another stack', () => {
    const [one, again] = [load(aTemplate()), load(aTemplate())];
    expect(firstOf(one.functions).arn).toBe(firstOf(again.functions).arn);
    expect(firstOf(one.mappings).config.uuid).toBe(firstOf(again.mappings).config.uuid);
    const other = loadAssembly({ directory: anAssembly({ other: { template: aTemplate() } }) });
    expect(firstOf(other.mappings).config.uuid).not.toBe(firstOf(one.mappings).config.uuid);
  });

  test('lives in the region and account that its stack names', () => {
    const environment = 'aws://111122223333/cn-north-1';
    const system = loadAssembly({ directory: anAssembly({ shop: { template: aTemplate(), environment } }) });
    expect(system).toMatchObject({ region: 'cn-north-1', account: '111122223333' });
    expect(firstOf(system.functions).arn).toMatch(/^arn:aws-cn:lambda:cn-north-1:111122223333:function:/);
  });

  test.each<[string, Json, RegExp]>([
    ['inline code', { Code: { ZipFile: 'exports.handler = …' } }, /function billing has inline code/],
    [
      'a container image',
      { PackageType: 'Image', Code: { ImageUri: 'x' } },
      /function billing is a container image/,
    ],
    ['another runtime', { Runtime: 'python3.14' }, /function billing runs on 'python3\.14'/],
    ['layers', { Layers: ['arn:aws:lambda:…'] }, /function billing uses layers/],
    [
      'no bundle in the assembly',
      { Code: { S3Key: 'gone.zip' } },
      /the code of function billing is no asset/,
    ],
    ['a missing bundle', { Code: { S3Key: 'nested.json' } }, /the bundle of function billing is missing/],
    ['no handler', { Handler: { Ref: 'AWS::NoValue' } }, /Handler is missing/],
    ['a timeout that is no number', { Timeout: 'long' }, /expected a whole number, got 'long'/],
    ['a timeout above 14 minutes', { Timeout: 900 }, /function billing has a timeout of 900 s/],
  ])('with %s is refused when it is a consumer', (_what, properties, message) => {
    expect(() => functionOf(properties)).toThrow(message);
  });

  test('that no mapping calls is run when it can be, and left out with a note when not', () => {
    const Good = aFunctionResource({}, 'shop/Reports/Function/Resource');
    const Bad = aFunctionResource({ Runtime: 'python3.14' }, 'shop/Cleaner/Resource');
    const system = load(aTemplate({ Resources: { Good, Bad } }));
    expect(system.functions.map(({ name }) => name)).toEqual(['billing', 'reports']);
    expect(system.notes).toEqual([
      expect.stringMatching(/^left out: function cleaner runs on 'python3\.14'.* at shop Bad/),
    ]);
  });

  test('is told when a variable is filled in only at deploy', () => {
    const Variables = { KEY: '{{resolve:secretsmanager:mail-key}}' };
    const template = aTemplate({
      Resources: { BillingFunction: aFunctionResource({ Environment: { Variables } }) },
    });
    expect(load(template).notes).toEqual([
      'variable KEY of shop BillingFunction is a dynamic reference: handed over as it is',
    ]);
  });
});
