import { AT_START, BROKERS, NULL, SAME_CORE, type Scenario, TOPIC } from '../scenario.ts';

const FULL = {
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4',
  bootstrapServers: BROKERS,
} as const;
/** é, as bytes that are above 0x7f. */
const E_ACUTE = [0xc3, 0xa9];

/** C1, C2, C3: what an event looks like. */
export const EVENTS: readonly Scenario[] = [
  {
    id: 'C1.msk',
    title: 'the event of an MSK mapping names source, cluster and brokers',
    rules: ['R1', 'R10', 'R12', 'R13', 'R17'],
    topic: [2],
    expect: { envelope: FULL, deliveries: ['first 0: 0 1'] },
  },
  {
    id: 'C1.self-managed',
    title: 'the event of a self-managed cluster has no cluster ARN',
    rules: ['R1', 'R11', 'R17'],
    topic: [1],
    config: { source: { kind: 'self-managed', bootstrapServers: 'b-1.shop.example:9092' } },
    expect: { envelope: { eventSource: 'SelfManagedKafka', bootstrapServers: BROKERS } },
  },
  {
    id: 'C1.thin',
    title: 'a retry after a partial answer has records and nothing else, one after an error as the knob says',
    rules: ['R15', 'R16', 'R-L1', 'R-L17'],
    topic: [3],
    answers: [
      { on: 'first', reports: ['0@1', '0@2'] },
      { on: '0@1', times: 1, fails: 'thrown' },
    ],
    strict: true,
    expect: { deliveries: ['first 0: 0 1 2', 'reported 0: 1 2', 'reported 0: 1 2'] },
  },
  {
    id: 'C1.error',
    title: 'a retry after an error is full unless the knob says that every retry is thin',
    rules: ['R16'],
    topic: [1],
    answers: [{ on: 'first', fails: 'thrown' }],
    strict: true,
    expect: { deliveries: ['first 0: 0', 'repeated 0: 0'] },
  },
  {
    id: 'C1.throttle',
    title: 'a batch that was throttled before any partial answer is thin only when every retry is',
    rules: ['R16', 'R94'],
    topic: [1],
    answers: [{ on: 'first', notReached: 'throttled' }],
    strict: true,
    expect: { deliveries: ['first 0: 0', 'repeated 0: 0'] },
  },
  {
    id: 'C2.fields',
    title: 'a record has its place, time, type and padded base64',
    rules: ['R18', 'R19', 'R20', 'R28'],
    topic: [[{ key: 'k', value: 'hello' }]],
    expect: {
      sent: [
        {
          topic: TOPIC,
          partition: 0,
          offset: 0,
          timestamp: AT_START,
          timestampType: 'CREATE_TIME',
          key: 'aw==',
          value: 'aGVsbG8=',
          headers: [],
        },
      ],
    },
  },
  {
    id: 'C2.nulls',
    title: 'a null key and a tombstone are left out or null; an empty key or value is the empty text',
    rules: ['R21', 'R22', 'R23', 'R-L13'],
    topic: [[{ key: null }, { value: null }, { key: '', value: '' }]],
    strict: true,
    expect: {
      sent: [
        { key: NULL, value: 'eyJuIjowfQ==' },
        { key: 'azE=', value: NULL },
        { key: '', value: '' },
      ],
    },
  },
  {
    id: 'C2.headers',
    title: 'headers keep their order and doubled names, bytes are signed, a null value loses its name',
    rules: ['R24', 'R25', 'R26', 'R27'],
    topic: [
      [
        {
          headers: [
            ['a', 'x'],
            ['a', E_ACUTE],
            ['gone', null],
            ['empty', ''],
          ],
        },
      ],
    ],
    expect: { sent: [{ headers: [{ a: [120] }, { a: [-61, -87] }, {}, { empty: [] }] }] },
  },
  {
    id: 'C2.unsigned',
    title: 'header bytes are 0 to 255 when the knob says so',
    rules: ['R25'],
    topic: [[{ headers: [['a', E_ACUTE]] }]],
    knobs: { headerBytes: 'unsigned' },
    expect: { sent: [{ headers: [{ a: [195, 169] }] }] },
  },
  {
    id: 'C2.no-headers',
    title: 'no headers are null when the knob says so',
    rules: ['R28'],
    topic: [1],
    knobs: { noHeadersStyle: 'null' },
    expect: { sent: [{ headers: null }] },
  },
  {
    id: 'C2.headers-left-out',
    title: 'no headers are left out when the knob says so',
    rules: ['R28'],
    topic: [1],
    knobs: { noHeadersStyle: 'omit', nullStyle: 'omit' },
    expect: { sent: [{ headers: NULL }] },
  },
  {
    id: 'C2.bytes',
    title: 'keys and values that are no text arrive byte for byte',
    rules: ['R20'],
    topic: [[{ key: { bytes: [255, 254] }, value: { bytes: [0, 255, 254, 10] } }]],
    expect: { sent: [{ key: '//4=', value: 'AP/+Cg==' }] },
  },
  {
    id: 'C2.large-headers',
    title: 'headers of 100 kB arrive byte for byte, and the next record behind them',
    rules: ['R24', 'R25', 'R38'],
    topic: [[{ headers: [['large', new Array(100_000).fill(128)]] }, {}]],
    expect: {
      sent: [{ headers: [{ large: new Array(100_000).fill(-128) }] }, { headers: [] }],
      commits: { 0: [2] },
    },
  },
  {
    id: 'C3.keys',
    title: 'partitions of a topic whose name ends in a number are told apart by the records themselves',
    rules: ['R14', 'R13', 'R-L2'],
    topic: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    answers: [{ on: 'first', reports: ['12@0'] }],
    expect: {
      deliveries: ['first 0: 0 | 1: 0 | 2: 0 | 12: 0', 'reported 12: 0'],
      commits: { 0: [1], 1: [1], 2: [1], 12: [1] },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C2.gaps',
    title: 'offsets with gaps are delivered as they are, and the commit goes beyond the gap',
    rules: ['R30', 'R59'],
    topic: [2],
    steps: [
      { do: 'produce', topic: [] },
      { do: 'skip-offsets', partition: 0, count: 3 },
      { do: 'produce', topic: [1] },
      { do: 'skip-offsets', partition: 0, count: 2 },
      { do: 'start' },
      { do: 'drain' },
    ],
    expect: { deliveries: ['first 0: 0 1 5'], commits: { 0: [8] }, counters: { CommittedEventCount: 8 } },
    notOnKafka: 'gaps of compaction and transactions are shown by the tests of the Kafka source',
  },
];
