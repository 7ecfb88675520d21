import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import {
  bootstrapServers,
  clusterArn,
  isReadOnly,
  knobFlag,
  port,
  topicName,
  wholeNumber,
} from '../../local/options.ts';

test.each([
  [wholeNumber(0), ['0', '300', '9007199254740991'], ['', ' ', '-1', '1.5', 'many', '9007199254740992']],
  [wholeNumber(1), ['1'], ['0']],
  [port, ['0', '65535'], ['65536', '-1', 'http']],
  [
    bootstrapServers,
    ['localhost:9092', 'a:1,b:65535', '[::1]:9092'],
    ['localhost', ':9092', 'a:0', 'a:65536', 'a:1,', 'a:b'],
  ],
  [topicName, ['order-events', 'a.b_C-1', 'x'.repeat(249)], ['', '.', '..', 'a b', 'ä', 'x'.repeat(250)]],
  [
    clusterArn,
    [
      'arn:aws:kafka:eu-central-1:123456789012:cluster/shop/8a3b-2',
      'arn:aws-cn:kafka:cn-north-1:123456789012:cluster/a/b',
    ],
    [
      'shop',
      'arn:aws:kafka:eu-central-1:12:cluster/a/b',
      'arn:aws:kafka:eu-central-1:123456789012:topic/a/b',
    ],
  ],
])('%o takes what it names and refuses the rest with the value got', (parse, taken, refused) => {
  for (const text of taken) expect(String(parse(text))).toBe(text);
  for (const text of refused) {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(`got '${text}'`);
  }
});

test('a knob is a name and a value, which may hold an equals sign', () => {
  expect(knobFlag('ageCondition=a=b', [{ name: 'x', value: 'y' }])).toEqual([
    { name: 'x', value: 'y' },
    { name: 'ageCondition', value: 'a=b' },
  ]);
  for (const text of ['ageCondition', 'ageCondition=', '=a']) {
    expect(() => knobFlag(text, [])).toThrow(`got '${text}'`);
  }
});

test('only a cluster is read and left as it is unless somebody says otherwise', () => {
  expect(isReadOnly({})).toBe(false);
  expect(isReadOnly({ cluster: 'arn' })).toBe(true);
  expect(isReadOnly({ cluster: 'arn', commit: true })).toBe(false);
  expect(isReadOnly({ commit: false })).toBe(true);
});
