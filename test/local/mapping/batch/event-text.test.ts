import { describe, expect, it } from 'vitest';
import { ARN, FINE, records, reporting } from '../support/builders.ts';
import { played } from '../support/virtual-mapping.ts';

const fieldsOf = (event: object | undefined) => Object.keys(event ?? {});

describe('the event', () => {
  it('of MSK names its ARN and the brokers as one text', () => {
    const [delivery] = played([records(0, 0, 0)]).deliveries;
    expect(delivery?.event).toMatchObject({
      eventSource: 'aws:kafka',
      eventSourceArn: ARN,
      bootstrapServers: 'b-1.shop.example:9098',
    });
    expect(fieldsOf(delivery?.event)).toEqual([
      'eventSource',
      'eventSourceArn',
      'bootstrapServers',
      'records',
    ]);
  });

  it('of a self-managed cluster has no ARN', () => {
    const source = { kind: 'self-managed', bootstrapServers: 'b-1.shop.example:9098' } as const;
    const [delivery] = played([records(0, 0, 0)], { config: { source } }).deliveries;
    expect(delivery?.event.eventSource).toBe('SelfManagedKafka');
    expect(fieldsOf(delivery?.event)).toEqual(['eventSource', 'bootstrapServers', 'records']);
  });

  it('of a retry after a partial answer has records and nothing else', () => {
    const world = played([records(0, 0, 1)], {
      script: (_event, invocation) => (invocation === 1 ? reporting([0, 1]) : FINE),
    });
    expect(fieldsOf(world.deliveries[1]?.event)).toEqual(['records']);
  });
});
