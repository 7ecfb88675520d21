/** What an operator would see: series of data points, and whether the alarm rings. */
import { Duration } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { KafkaConsumerAlarms } from '../../../../cdk/index.ts';
import { aConsumer } from '../../support/kafka-fixtures.ts';
import { rings, type Series } from '../../support/metric-math.ts';
import { aStack, resourcesOf } from '../../support/synth-app.ts';

type MathAlarm = Parameters<typeof rings>[0];

let alarms: readonly { readonly AlarmDescription: string }[];

beforeAll(() => {
  const stack = aStack();
  new KafkaConsumerAlarms(stack, 'Alarms', { consumer: aConsumer(stack, { timeout: Duration.seconds(30) }) });
  alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
});

function alarmOn(words: string): MathAlarm {
  const found = alarms.find(({ AlarmDescription }) => AlarmDescription.includes(words));
  if (!found) throw new Error(`no alarm says "${words}"`);
  return found as unknown as MathAlarm;
}

const minutes = (count: number, value: (minute: number) => number | undefined): Series =>
  Array.from({ length: count }, (_, minute) => value(minute));
const always = (value: number | undefined, count = 15): Series => minutes(count, () => value);

describe('a lane stands still', () => {
  const standsStill = (lag: Series, committed: Series) =>
    rings(alarmOn('a lane stands still'), { lag, committed });

  test.each<[string, Series, Series]>([
    ['nothing is committed while records come in', minutes(15, (minute) => minute * 10), always(0)],
    ['nothing is committed, and no metric tells so', always(3), always(undefined)],
    ['one record blocks the only lane with records', always(1), always(0)],
    ['one lane of three is blocked and nothing new comes into it', always(40), always(500)],
    ['one lane of three is blocked and fills up', minutes(15, (minute) => 40 + minute), always(500)],
  ])('rings when %s', (_what, lag, committed) => {
    expect(standsStill(lag, committed)).toBe(true);
  });

  test.each<[string, Series, Series]>([
    ['there is nothing to do', always(0), always(0)],
    [
      'a trickle is done as it comes, so that one record waits whenever somebody looks',
      always(1),
      always(60),
    ],
    ['a backlog gets smaller', minutes(15, (minute) => 5000 - minute * 100), always(100)],
    ['the lag goes up and down', minutes(15, (minute) => 100 + (minute % 3)), always(100)],
    ['the lane moved a moment ago', [...always(40, 14), 30], always(100)],
    ['it has not been long', [...always(0, 6), ...always(40, 9)], always(0)],
    ['the mapping is disabled and tells nothing', always(undefined), always(undefined)],
    [
      'data points are missing in between',
      minutes(15, (minute) => (minute % 2 ? 40 : undefined)),
      always(100),
    ],
  ])('is silent when %s', (_what, lag, committed) => {
    expect(standsStill(lag, committed)).toBe(false);
  });
});

describe('the lag grows without a break', () => {
  const grows = (lag: Series) => rings(alarmOn('the lag grows without a break'), { lag });

  test('rings when it grew in every minute of 15', () => {
    expect(grows(minutes(16, (minute) => minute * minute))).toBe(true);
  });

  test.each<[string, Series]>([
    ['it is large and stays so', always(1_000_000, 16)],
    ['it fell once', minutes(16, (minute) => (minute === 9 ? 0 : minute))],
    ['it grew for 14 minutes', [0, 0, ...minutes(14, (minute) => minute + 1)]],
    ['nobody tells', always(undefined, 16)],
  ])('is silent when %s', (_what, lag) => {
    expect(grows(lag)).toBe(false);
  });
});

describe('all pollers are busy and the lag grows', () => {
  const atMaximum = (pollers: Series, lag: Series) =>
    rings(alarmOn('pollers are busy and the lag grows'), { pollers, lag });
  const growing = minutes(16, (minute) => minute);

  test('rings when both hold in every minute of 15', () => {
    expect(atMaximum(always(3, 16), growing)).toBe(true);
  });

  test.each<[string, Series, Series]>([
    ['a poller more could be had', always(2, 16), growing],
    ['they are enough', always(3, 16), always(50, 16)],
    ['nobody tells how many there are', always(undefined, 16), growing],
  ])('is silent when %s', (_what, pollers, lag) => {
    expect(atMaximum(pollers, lag)).toBe(false);
  });
});
