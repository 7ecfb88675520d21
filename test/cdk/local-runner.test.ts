/** The local runner reads the template of every kind of cluster as it is, and finds the same system in it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addShop } from '../../cdk/shop-app.ts';
import { loadAssembly } from '../../local/assembly/load-assembly.ts';
import { existingContext } from './support/existing-context.ts';
import { anApp } from './support/synth-app.ts';

function systemOf(context: Readonly<Record<string, unknown>>) {
  const app = anApp(
    { ...context, 'aws:cdk:enable-path-metadata': true },
    mkdtempSync(join(tmpdir(), 'lanewise-local-')),
  );
  addShop(app);
  app.synth();
  return loadAssembly({ directory: app.outdir });
}

describe.each([
  ['express', { cluster: 'express' }],
  ['standard', { cluster: 'standard' }],
  ['serverless', { cluster: 'serverless' }],
  ['existing', existingContext],
])('the template of a cluster of kind %s', (_kind, context) => {
  const system = systemOf(context);

  test('declares the topics with their partitions and configuration', () => {
    expect(system.topics.map(({ name, partitions, configs }) => ({ name, partitions, configs }))).toEqual([
      { name: 'order-events', partitions: 3, configs: { 'retention.ms': '604800000' } },
      {
        name: 'order-events-dead-letter',
        partitions: 3,
        configs: { 'retention.ms': '1209600000', 'max.message.bytes': '8388608' },
      },
    ]);
  });

  test('maps the topic of orders to three consumers, each in its own group', () => {
    expect(system.mappings.map(({ config }) => [config.consumer, config.group, config.topic])).toEqual([
      ['billing', 'billing', 'order-events'],
      ['inventory', 'inventory', 'order-events'],
      ['notification', 'notification', 'order-events'],
    ]);
    expect(system.notes).toEqual([]);
  });
});
