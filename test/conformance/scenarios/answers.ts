import { SAME_CORE, type Scenario } from '../scenario.ts';

interface Row {
  readonly name: string;
  readonly rules: readonly string[];
  /** What the function returns for an event with 0@0, 0@1 and 1@0. */
  readonly returns: string;
  readonly outcome: 'success' | 'whole-batch' | 'partial';
  /** Rules that the diagnostics name. */
  readonly told?: readonly string[];
  readonly knobs?: Readonly<Record<string, string>>;
}

const item = (identifier: string) => `{"batchItemFailures":[{"itemIdentifier":${identifier}}]}`;
const GOOD = '{"partition":"TOPIC-0","offset":1}';

const ROWS: readonly Row[] = [
  { name: 'null', rules: ['R70', 'R-L10'], returns: 'null', outcome: 'success' },
  { name: 'nothing', rules: ['R70'], returns: '', outcome: 'success' },
  { name: 'an empty object', rules: ['R71'], returns: '{}', outcome: 'success' },
  {
    name: 'an empty list of failures',
    rules: ['R72'],
    returns: '{"batchItemFailures":[]}',
    outcome: 'success',
  },
  {
    name: 'null in place of the list',
    rules: ['R72'],
    returns: '{"batchItemFailures":null}',
    outcome: 'success',
  },
  { name: 'an empty text', rules: ['R73'], returns: '""', outcome: 'success' },
  { name: 'an empty list as the body', rules: ['R73'], returns: '[]', outcome: 'success' },
  { name: 'a valid identifier', rules: ['R74'], returns: item(GOOD), outcome: 'partial' },
  {
    name: 'the same identifier twice',
    rules: ['R81'],
    returns: `{"batchItemFailures":[{"itemIdentifier":${GOOD}},{"itemIdentifier":${GOOD}}]}`,
    outcome: 'partial',
  },
  {
    name: 'extra fields',
    rules: ['R82'],
    returns: `{"more":1,"batchItemFailures":[{"itemIdentifier":{"offset":1,"x":2,"partition":"TOPIC-0"},"y":3}]}`,
    outcome: 'partial',
  },
  {
    name: 'an offset that was not in the event',
    rules: ['R75'],
    returns: item('{"partition":"TOPIC-0","offset":9}'),
    outcome: 'whole-batch',
    told: ['R75'],
  },
  {
    name: 'a partition that was not in the event',
    rules: ['R75'],
    returns: item('{"partition":"TOPIC-7","offset":1}'),
    outcome: 'whole-batch',
    told: ['R75'],
  },
  {
    name: 'a good and a bad identifier',
    rules: ['R76'],
    returns: `{"batchItemFailures":[{"itemIdentifier":${GOOD}},{"itemIdentifier":{"partition":"TOPIC-1","offset":1}}]}`,
    outcome: 'whole-batch',
    told: ['R75'],
  },
  ...[
    'null',
    '""',
    '{}',
    '{"partition":"TOPIC-0"}',
    '{"partition":"","offset":1}',
    '{"topic":"TOPIC-0","offset":1}',
    '7',
  ].map(
    (identifier): Row => ({
      name: `${identifier.replace('TOPIC', 'topic')} as itemIdentifier`,
      rules: ['R77'],
      returns: item(identifier),
      outcome: 'whole-batch',
      told: ['R77'],
    }),
  ),
  {
    name: 'an item without itemIdentifier',
    rules: ['R77'],
    returns: '{"batchItemFailures":[{}]}',
    outcome: 'whole-batch',
    told: ['R77'],
  },
  {
    name: 'a text as itemIdentifier',
    rules: ['R78'],
    returns: item('"TOPIC-0-1"'),
    outcome: 'whole-batch',
    told: ['R78'],
  },
  {
    name: 'a text as itemIdentifier, where the knob accepts it',
    rules: ['R78'],
    returns: item('"TOPIC-0-1"'),
    outcome: 'partial',
    told: ['R78'],
    knobs: { stringIdentifier: 'accept' },
  },
  {
    name: 'an offset as text',
    rules: ['R79'],
    returns: item('{"partition":"TOPIC-0","offset":"1"}'),
    outcome: 'whole-batch',
    told: ['R79'],
  },
  {
    name: 'an offset as text, where the knob accepts it',
    rules: ['R79'],
    returns: item('{"partition":"TOPIC-0","offset":"1"}'),
    outcome: 'partial',
    told: ['R79'],
    knobs: { stringOffset: 'accept' },
  },
  {
    name: 'the older key',
    rules: ['R80'],
    returns: item('{"topic-partition":"TOPIC-0","offset":1}'),
    outcome: 'whole-batch',
    told: ['R80'],
  },
  {
    name: 'the older key, where the knob accepts it',
    rules: ['R80'],
    returns: item('{"topic-partition":"TOPIC-0","offset":1}'),
    outcome: 'partial',
    told: ['R80'],
    knobs: { legacyKey: 'accept' },
  },
  ...[
    '7',
    '"done"',
    'true',
    '[1]',
    '{"batchItemFailures":"none"}',
    '{"batchItemFailures":{}}',
    'not JSON',
  ].map(
    (returns): Row => ({
      name: `${returns} as the body`,
      rules: ['R83'],
      returns,
      outcome: 'whole-batch',
      told: ['R83'],
    }),
  ),
  {
    name: 'a number as the body, where the knob takes it for a success',
    rules: ['R83'],
    returns: '7',
    outcome: 'success',
    told: ['R83'],
    knobs: { malformedBody: 'success' },
  },
];

const ALL = '0: 0 1 | 1: 0';

const AFTERWARDS = {
  success: [],
  'whole-batch': [`repeated ${ALL}`],
  partial: ['reported 0: 1'],
} as const;

const FAILED = { success: 0, 'whole-batch': 3, partial: 1 } as const;

/** C9: every kind of answer, with ReportBatchItemFailures and without. */
export const ANSWERS: readonly Scenario[] = [
  ...ROWS.flatMap((row, index) => [withFailures(row, index), withoutFailures(row, index)]),
  {
    id: 'C9.all-listed',
    title: 'an answer that lists every record repeats them all, uses an attempt, and is no function error',
    rules: ['R84'],
    topic: [2, 1],
    config: { maximumRetryAttempts: 1 },
    answers: [{ on: 'every', reports: ['0@0', '0@1', '1@0'] }],
    knobs: { retryGrouping: 'merged' },
    strict: true,
    expect: {
      deliveries: [`first ${ALL}`, `reported ${ALL}`],
      dropped: [
        { records: '0: 0 1', condition: 'RetryAttemptsExhausted', attempts: 2 },
        { records: '1: 0', condition: 'RetryAttemptsExhausted', attempts: 2 },
      ],
      counters: { InvokeErrorCount: 0, FailedInvokeEventCount: 6 },
    },
  },
  ...(['thrown', 'timeout', 'exit', 'out-of-memory', 'response-too-large'] as const).map(
    (fails): Scenario => ({
      id: `C9.${fails}`,
      title: `a function error (${fails}) repeats the whole batch`,
      rules: ['R85', 'R93'],
      topic: [2, 1],
      answers: [{ on: 'first', fails }],
      expect: { deliveries: [`first ${ALL}`, `repeated ${ALL}`], counters: { InvokeErrorCount: 1 } },
      ...(fails === 'thrown' ? {} : { notOnKafka: SAME_CORE }),
    }),
  ),
];

function withFailures(row: Row, index: number): Scenario {
  const { name, rules, returns, outcome, told = [], knobs } = row;
  return {
    id: `C9.${index + 1}`,
    title: `${name} is ${outcome === 'success' ? 'a success' : `a failure (${outcome})`}`,
    rules: [...rules, ...(outcome === 'whole-batch' ? ['R93'] : [])],
    topic: [2, 1],
    answers: [{ on: 'first', times: 1, returns }],
    ...(knobs === undefined ? {} : { knobs }),
    strict: true,
    expect: {
      deliveries: [`first ${ALL}`, ...AFTERWARDS[outcome]],
      diagnostics: told,
      commits: { 0: outcome === 'partial' ? [1, 2] : [2], 1: [1] },
      counters: { FailedInvokeEventCount: FAILED[outcome], InvokeErrorCount: 0 },
    },
    ...(outcome === 'partial' && knobs === undefined ? {} : { notOnKafka: SAME_CORE }),
  };
}

function withoutFailures({ name, returns }: Row, index: number): Scenario {
  return {
    id: `C9.${index + 1}b`,
    title: `${name} is a success without ReportBatchItemFailures`,
    rules: ['R67', 'R-L11'],
    topic: [2, 1],
    config: { reportBatchItemFailures: false },
    answers: [{ on: 'first', times: 1, returns }],
    expect: { deliveries: [`first ${ALL}`], diagnostics: [], commits: { 0: [2], 1: [1] } },
    notOnKafka: SAME_CORE,
  };
}
