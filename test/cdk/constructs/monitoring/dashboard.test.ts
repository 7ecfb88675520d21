import { describe, expect, test } from 'vitest';
import { KafkaConsumerDashboard, mappingMetrics, runtimeMetrics } from '../../../../cdk/index.ts';
import { aConsumer } from '../../support/kafka-fixtures.ts';
import { aStack, resourceOf } from '../../support/synth-app.ts';

function dashboardOf() {
  const stack = aStack();
  const consumers = [aConsumer(stack, { ownParkingQueue: true }), aConsumer(stack, {}, 'Inventory')];
  const { url } = new KafkaConsumerDashboard(stack, 'Dashboard', { consumers });
  const body = resourceOf(stack, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody;
  return { text: JSON.stringify(stack.resolve(body)), url: JSON.stringify(stack.resolve(url)) };
}

describe('the dashboard', () => {
  test('has a section for each consumer', () => {
    const { text } = dashboardOf();
    expect(text).toContain('## billing on order-events');
    expect(text).toContain('## inventory on order-events');
  });

  test('shows what tells whether lanes move and where records end, by names that exist', () => {
    const { text } = dashboardOf();
    const shown = [...text.matchAll(/\\"(AWS\/Lambda|lanewise)\\",\\"(\w+)\\"/g)].map(
      ([, , name = '']) => name,
    );
    const known = [...Object.keys(mappingMetrics), ...Object.keys(runtimeMetrics)];
    const functions = ['Duration', 'Errors', 'Throttles', 'Invocations'];
    expect(shown.filter((name) => ![...known, ...functions].includes(name))).toEqual([]);
    for (const name of [
      'MaxOffsetLag',
      'CommittedEventCount',
      'DroppedEventCount',
      'RecordsParked',
      'OldestUnresolvedAge',
    ])
      expect(shown).toContain(name);
  });

  test('shows the metrics of the runtime where the functions publish them', () => {
    const stack = aStack();
    new KafkaConsumerDashboard(stack, 'Dashboard', {
      consumers: [aConsumer(stack)],
      metricsNamespace: 'shop',
      serviceName: ({ group }) => `${group}-service`,
    });
    const body = resourceOf(stack, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody;
    const text = JSON.stringify(stack.resolve(body));
    expect(text).toContain('\\"shop\\",\\"RecordsParked\\",\\"service\\",\\"billing-service\\"');
    expect(text).not.toContain('lanewise');
  });

  test('shows how full the parking queue is, where there is one', () => {
    expect(dashboardOf().text.match(/ApproximateNumberOfMessagesVisible/g)).toHaveLength(1);
  });

  test('has an address in the console of its region', () => {
    expect(dashboardOf().url).toContain('.console.aws.amazon.com/cloudwatch/home?region=');
  });
});
