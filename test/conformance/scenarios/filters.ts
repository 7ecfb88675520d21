import { type RecordData, SAME_CORE, type Scenario } from '../scenario.ts';

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly filters: readonly unknown[];
  /** Value to whether it passes. */
  readonly values: readonly (readonly [RecordData['value'], boolean])[];
}

const NOT_UTF8 = { bytes: [0xff, 0xfe] } as const;

const CASES: readonly Case[] = [
  {
    name: 'fields are AND-ed',
    rules: ['R132', 'R133'],
    filters: [{ value: { a: [1], b: ['x'] } }],
    values: [
      ['{"a":1,"b":"x"}', true],
      ['{"a":1,"b":"y"}', false],
      ['{"a":1}', false],
    ],
  },
  {
    name: 'filters are OR-ed',
    rules: ['R132'],
    filters: [{ value: { a: [1] } }, { value: { a: [2] } }],
    values: [
      ['{"a":1}', true],
      ['{"a":2}', true],
      ['{"a":3}', false],
    ],
  },
  {
    name: 'alternatives, null and the empty text are exact',
    rules: ['R134'],
    filters: [{ value: { a: ['x', null, ''] } }],
    values: [
      ['{"a":"x"}', true],
      ['{"a":null}', true],
      ['{"a":""}', true],
      ['{"a":"X"}', false],
      ['{}', false],
    ],
  },
  {
    name: 'prefix, suffix and equals-ignore-case look at text',
    rules: ['R134'],
    filters: [{ value: { a: [{ prefix: 'ab' }, { suffix: 'yz' }, { 'equals-ignore-case': 'Mid' }] } }],
    values: [
      ['{"a":"abc"}', true],
      ['{"a":"xyz"}', true],
      ['{"a":"mID"}', true],
      ['{"a":"yzx"}', false],
      ['{"a":"cab"}', false],
      ['{"a":5}', false],
    ],
  },
  {
    name: 'anything-but passes what is there and is none of these',
    rules: ['R134'],
    filters: [{ value: { a: [{ 'anything-but': ['x', 'y'] }] } }],
    values: [
      ['{"a":"z"}', true],
      ['{"a":"x"}', false],
      ['{}', false],
    ],
  },
  {
    name: 'numeric compares numbers, and outside of it numbers compare as they are written',
    rules: ['R134'],
    filters: [{ value: { a: [{ numeric: ['>', 1, '<=', 5] }] } }, { value: { b: [300] } }],
    values: [
      ['{"a":5}', true],
      ['{"a":1}', false],
      ['{"a":"5"}', false],
      ['{"b":300}', true],
      ['{"b":3.0e2}', false],
    ],
  },
  {
    name: 'exists looks at leaves',
    rules: ['R134'],
    filters: [{ value: { a: [{ exists: true }], b: [{ exists: false }] } }],
    values: [
      ['{"a":1}', true],
      ['{"a":1,"b":2}', false],
      ['{"a":{"c":1}}', false],
      ['{"a":1,"b":{"c":1}}', true],
      ['{}', false],
    ],
  },
  {
    name: 'of a list of objects one has to match, of a list of values one of them',
    rules: ['R134'],
    filters: [{ value: { items: { sku: ['x'] } } }, { value: { tags: ['y'] } }],
    values: [
      ['{"items":[{"sku":"w"},{"sku":"x"}]}', true],
      ['{"items":[{"sku":"w"}]}', false],
      ['{"tags":["w","y"]}', true],
      ['{"tags":["w"]}', false],
      ['{"items":{"sku":"x"}}', true],
    ],
  },
  {
    name: '$or holds alternatives of fields',
    rules: ['R134'],
    filters: [{ value: { $or: [{ a: [1] }, { b: [2] }] } }],
    values: [
      ['{"a":1}', true],
      ['{"b":2}', true],
      ['{"a":2,"b":1}', false],
    ],
  },
  {
    name: 'a JSON pattern is not applied to what is no JSON or no UTF-8',
    rules: ['R135'],
    filters: [{ value: { a: [1] } }],
    values: [
      ['plain', true],
      [NOT_UTF8, true],
      ['{"a":2}', false],
    ],
  },
  {
    name: 'a plain pattern is compared with plain text and not applied to JSON',
    rules: ['R135'],
    filters: [{ value: ['ok', { prefix: 'fine' }] }],
    values: [
      ['ok', true],
      ['fine indeed', true],
      ['no', false],
      ['{"a":1}', true],
    ],
  },
  {
    name: 'a tombstone does not match a JSON pattern',
    rules: ['R137'],
    filters: [{ value: { a: [1] } }],
    values: [
      [null, false],
      ['{"a":1}', true],
    ],
  },
  {
    name: 'a tombstone matches a pattern that asks for what is not there',
    rules: ['R137'],
    filters: [{ value: { a: [{ exists: false }] } }],
    values: [
      [null, true],
      ['{"a":1}', false],
    ],
  },
];

/** C18: what passes a filter. What does not is committed all the same. */
export const FILTERS: readonly Scenario[] = CASES.map(({ name, rules, filters, values }, index) => {
  const passing = values.flatMap(([, passes], offset) => (passes ? [offset] : []));
  return {
    id: `C18.${index + 1}`,
    title: name,
    rules: [...rules, 'R136'],
    topic: [values.map(([value = ''], offset): RecordData => ({ key: `k${offset}`, value }))],
    config: { filters },
    expect: {
      deliveries: [`first 0: ${passing.join(' ')}`],
      commits: { 0: [values.length] },
      counters: { FilteredOutEventCount: values.length - passing.length, PolledEventCount: values.length },
    },
    ...(index === 0 ? {} : { notOnKafka: SAME_CORE }),
  };
});
