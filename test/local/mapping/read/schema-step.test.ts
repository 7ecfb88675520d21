import { describe, expect, it } from 'vitest';
import { records, TO_TOPIC } from '../support/builders.ts';
import { deliveriesOf, played } from '../support/virtual-mapping.ts';

describe('the schema step', () => {
  it.each(['SCHEMA_NOT_FOUND', 'DESERIALIZATION_ERROR'] as const)(
    'keeps a record with %s from the function and sends it to the destination',
    (condition) => {
      const world = played([records(0, 0, 2)], {
        config: { destination: TO_TOPIC },
        schema: ({ offset }) => (offset === 1 ? { kind: 'refused', condition } : { kind: 'ok' }),
      });
      expect(deliveriesOf(world).join(' ')).not.toContain('1');
      expect(world.discards).toMatchObject([{ condition, responseContext: null }]);
      expect(world.state.metrics.SchemaRegistryErrorCount).toBe(1);
      expect(world.committed.get(0)).toBe(3);
    },
  );

  it('replaces the value, tells of the checked attribute only, and comes before the filter', () => {
    const world = played([records(0, 0, 0)], {
      config: { filters: [{ value: { kind: ['placed'] } }] },
      schema: () => ({
        kind: 'ok',
        value: Buffer.from('{"kind":"placed"}'),
        valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '7' },
      }),
    });
    const [record] = world.deliveries[0]?.event.records['shop-orders-0'] ?? [];
    expect(record).toMatchObject({ valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '7' } });
    expect(record).not.toHaveProperty('keySchemaMetadata');
    expect(Buffer.from(record?.value ?? '', 'base64').toString()).toBe('{"kind":"placed"}');
  });

  it('holds the partition while the registry is down, and goes on when it is back', () => {
    let calls = 0;
    const world = played([records(0, 0, 2)], {
      schema: ({ offset }) => {
        if (offset !== 1) return { kind: 'ok' };
        calls += 1;
        return calls <= 3 ? { kind: 'unavailable', message: 'registry is down' } : { kind: 'ok' };
      },
    });
    expect(deliveriesOf(world)).toEqual(['0: 0', '0: 1 2']);
    expect(world.state.metrics.SchemaRegistryErrorCount).toBe(3);
  });
});
