/** The steps of docs/blue-green.md, each a deployment: what CloudFormation is told, and what it therefore does to the mappings. */
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import type { KafkaConsumerProps } from '../../cdk/index.ts';
import { aConsumer, anExistingTopic } from './support/kafka-fixtures.ts';
import { aStack } from './support/synth-app.ts';

type Change = Partial<KafkaConsumerProps>;

interface Mapping {
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The mappings of a template, by logical id. */
function mappingsOf(stack: Stack): Readonly<Record<string, Mapping>> {
  return Template.fromStack(stack).findResources('AWS::Lambda::EventSourceMapping') as Record<
    string,
    Mapping
  >;
}

function deployed(consumers: Readonly<Record<string, Change>>): Readonly<Record<string, Mapping>> {
  const stack = aStack();
  for (const [id, change] of Object.entries(consumers)) aConsumer(stack, change, id);
  return mappingsOf(stack);
}

/** A change of one of these replaces a mapping. CloudFormation makes the new one before it deletes the old one. */
const createOnly = [
  'EventSourceArn',
  'StartingPosition',
  'StartingPositionTimestamp',
  'Topics',
  'AmazonManagedKafkaEventSourceConfig',
] as const;

/** The mappings that a deployment replaces, and those it creates, deletes or updates in place. */
function effectOf(before: Readonly<Record<string, Mapping>>, after: Readonly<Record<string, Mapping>>) {
  const effect: Record<'created' | 'deleted' | 'replaced' | 'updated', string[]> = {
    created: [],
    deleted: [],
    replaced: [],
    updated: [],
  };
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, next] = [before[id]?.Properties, after[id]?.Properties];
    const same = (names: readonly string[]) =>
      names.every((name) => JSON.stringify(old?.[name]) === JSON.stringify(next?.[name]));
    const name = id.replace(/Mapping\w{8}$/, '');
    if (!old) effect.created.push(name);
    else if (!next) effect.deleted.push(name);
    else if (!same(createOnly)) effect.replaced.push(name);
    else if (!same(Object.keys({ ...old, ...next }))) effect.updated.push(name);
  }
  return effect;
}

const nothing = { created: [], deleted: [], replaced: [], updated: [] };

/** What is called identical by Lambda, which refuses a second mapping with the same function, source and topic. */
function identity({ Properties }: Mapping): string {
  const { FunctionName, EventSourceArn, Topics } = Properties;
  return JSON.stringify([FunctionName, EventSourceArn, Topics]);
}

describe('changing what is create-only in place', () => {
  test.each<[string, Change]>([
    ['the group', { group: 'billing-2' }],
    ['the starting position', { startingPosition: StartingPosition.LATEST }],
  ])(
    'replaces the mapping when it is %s, and Lambda refuses the new one beside the old one',
    (_what, change) => {
      const [before, after] = [deployed({ Billing: {} }), deployed({ Billing: change })];
      expect(effectOf(before, after)).toEqual({ ...nothing, replaced: ['Billing'] });
      expect(Object.values(after).map(identity)).toEqual(Object.values(before).map(identity));
    },
  );
});

describe('changing the group side by side', () => {
  const steps: readonly Readonly<Record<string, Change>>[] = [
    { Billing: {} },
    { Billing: {}, Billing2: { enabled: false } },
    { Billing: { enabled: false }, Billing2: { enabled: false } },
    { Billing: { enabled: false }, Billing2: { enabled: true } },
    { Billing2: { enabled: true } },
  ];
  const templates = steps.map(deployed);
  const effects = templates.slice(1).map((after, at) => effectOf(templates[at] ?? {}, after));

  test('creates green asleep, puts blue to sleep, wakes green, and takes blue away', () => {
    expect(effects).toEqual([
      { ...nothing, created: ['Billing2'] },
      { ...nothing, updated: ['Billing'] },
      { ...nothing, updated: ['Billing2'] },
      { ...nothing, deleted: ['Billing'] },
    ]);
  });

  test('never has both at work, so no order is handled by both', () => {
    for (const template of templates) {
      const awake = Object.values(template).filter(({ Properties }) => Properties.Enabled !== false);
      expect(awake.length).toBeLessThanOrEqual(1);
    }
  });

  test('gives green a function and a group of its own, so that Lambda takes its mapping', () => {
    const both = Object.values(templates[1] ?? {});
    expect(new Set(both.map(identity)).size).toBe(2);
    const groups = both.map(({ Properties }) =>
      JSON.stringify(Properties.AmazonManagedKafkaEventSourceConfig),
    );
    expect(groups).toEqual(['{"ConsumerGroupId":"billing"}', '{"ConsumerGroupId":"billing2"}']);
  });
});

describe('changing the topic side by side', () => {
  test('reads both topics until the old one is empty, each in a group of its own', () => {
    const stack = aStack();
    aConsumer(stack);
    aConsumer(stack, { topic: anExistingTopic(stack, 'order-events-v2') }, 'BillingV2');
    const topics = Object.values(mappingsOf(stack)).map(({ Properties }) => Properties.Topics);
    expect(topics).toEqual([['order-events'], ['order-events-v2']]);
  });
});
