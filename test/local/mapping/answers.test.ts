import { describe, expect, it } from 'vitest';
import { records, reporting, THROWS } from './support/builders.ts';
import { deliveriesOf, played } from './support/virtual-mapping.ts';

describe('a returned failure list', () => {
  const script = () => reporting([0, 1]);

  it('is a silent success without ReportBatchItemFailures', () => {
    const world = played([records(0, 0, 2)], { config: { reportBatchItemFailures: false }, script });
    expect([world.deliveries.length, world.committed.get(0)]).toEqual([1, 3]);
    expect(world.state.metrics.FailedInvokeEventCount).toBe(0);
  });

  it('is a silent success in on-demand mode', () => {
    const world = played([records(0, 0, 2)], { config: { provisioned: undefined }, script });
    expect([world.deliveries.length, world.committed.get(0)]).toEqual([1, 3]);
  });

  it('of all records uses an attempt, and no function error is recorded', () => {
    const world = played([records(0, 0, 1)], { script: () => reporting([0, 0], [0, 1]) });
    expect(deliveriesOf(world)).toEqual(['0: 0 1', '0: 0 1', '0: 0 1']);
    expect(world.state.metrics).toMatchObject({ InvokeErrorCount: 0, FailedInvokeEventCount: 6 });
  });
});

describe('a thrown error', () => {
  it('repeats every partition of the batch', () => {
    const world = played([records(0, 0, 1), records(1, 0, 0)], { script: () => THROWS });
    expect(deliveriesOf(world)).toEqual(Array(3).fill('0: 0 1 | 1: 0'));
    expect(world.state.metrics).toMatchObject({
      InvokeErrorCount: 3,
      FailedInvokeEventCount: 9,
      InvokedEventCount: 9,
    });
  });
});
