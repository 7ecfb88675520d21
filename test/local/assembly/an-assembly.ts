import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { loadAssembly } from '../../../local/assembly/load-assembly.ts';
import type { FunctionConfig, LocalSystem } from '../../../local/assembly/local-system.ts';
import type { MappingConfig } from '../../../local/mapping/mapping-config.ts';

export type Json = Readonly<Record<string, unknown>>;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder outside the project, removed after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanewise-assembly-'));
  folders.push(folder);
  return folder;
}

export function writeJson(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(value));
}

export interface StackUnderTest {
  readonly template: Json;
  /** `aws://111122223333/us-east-1` */
  readonly environment?: string;
  /** As deployed; the artifact's own name without. */
  readonly stackName?: string;
}

/** A cloud assembly as the CDK CLI writes it, with one bundle that every stack may use: `bundle.zip`. */
export function anAssembly(stacks: Readonly<Record<string, StackUnderTest>>): string {
  const folder = aFolder();
  mkdirSync(join(folder, 'asset.bundle'));
  writeFileSync(join(folder, 'asset.bundle', 'index.mjs'), 'export const handler = async () => null');
  const artifacts = Object.entries(stacks).map(([name, { environment, stackName }]) => [
    name,
    {
      type: 'aws:cloudformation:stack',
      environment: environment ?? 'aws://unknown-account/unknown-region',
      properties: { templateFile: `${name}.template.json`, stackName: stackName ?? name },
      dependencies: ['assets'],
      displayName: name,
    },
  ]);
  const assets = { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } };
  writeJson(folder, 'manifest.json', { artifacts: { ...Object.fromEntries(artifacts), assets } });
  writeJson(folder, 'assets.json', {
    files: {
      bundle: { source: { path: 'asset.bundle' }, destinations: { here: { objectKey: 'bundle.zip' } } },
      nested: {
        source: { path: 'nested.template.json' },
        destinations: { here: { objectKey: 'nested.json' } },
      },
    },
  });
  for (const [name, { template }] of Object.entries(stacks))
    writeJson(folder, `${name}.template.json`, template);
  return folder;
}

/** A function that can be run. */
export function aFunctionResource(properties: Json = {}, path = 'shop/Billing/Function/Resource'): Json {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Key: 'bundle.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      ...properties,
    },
    Metadata: { 'aws:cdk:path': path },
  };
}

/** A mapping of topic `order-events` to the function `BillingFunction`. */
export function aMappingResource(properties: Json = {}, path = 'shop/Billing/Mapping/Resource'): Json {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: 'arn:aws:kafka:eu-central-1:000000000000:cluster/shop/abc-1',
      FunctionName: { Ref: 'BillingFunction' },
      Topics: ['order-events'],
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    },
    Metadata: { 'aws:cdk:path': path },
  };
}

/** A template with one consumer, and whatever else is given. */
export function aTemplate(parts: { readonly Resources?: Json } & Json = {}): Json {
  return {
    ...parts,
    Resources: {
      BillingFunction: aFunctionResource(),
      BillingMapping: aMappingResource(),
      ...parts.Resources,
    },
  };
}

/** The system of an app with one stack, `shop`. */
export function load(template: Json): LocalSystem {
  return loadAssembly({ directory: anAssembly({ shop: { template } }) });
}

export function mappingOf(properties: Json): MappingConfig {
  return firstOf(load(aTemplate({ Resources: { BillingMapping: aMappingResource(properties) } })).mappings)
    .config;
}

export function functionOf(properties: Json): FunctionConfig {
  return firstOf(
    load(aTemplate({ Resources: { BillingFunction: aFunctionResource(properties) } })).functions,
  );
}

export function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('the list is empty');
  return first;
}
