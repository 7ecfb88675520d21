import { Tracer } from '@aws-lambda-powertools/tracer';
import AWSXRay from 'aws-xray-sdk-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bytes } from '../../../lib/index.ts';
import { powertools } from '../../../lib/telemetry/powertools/powertools.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

beforeEach(() => vi.stubEnv('POWERTOOLS_DEV', 'false'));
afterEach(() => vi.unstubAllEnvs());

interface Traced {
  readonly name: string;
  readonly fault?: boolean;
  readonly annotations?: { readonly position?: string; readonly errorName?: string };
  readonly subsegments?: readonly Traced[];
}

/** The segments of a batch, as they would go to X-Ray. */
async function traced(
  handle: (record: unknown) => unknown,
  records = [aRecord(), aRecord({ partition: 1 })],
) {
  const tracer = new Tracer({ captureHTTPsRequests: false });
  const segment = new AWSXRay.Segment('function');
  const run = () => runBatch(records, { value: bytes, handle: powertools({ tracer }).traced(handle) });
  const reported = await AWSXRay.getNamespace().runPromise(async () => {
    AWSXRay.setSegment(segment);
    return run();
  });
  return { reported, segments: JSON.parse(JSON.stringify(segment.subsegments ?? [])) as readonly Traced[] };
}

describe('Powertools traces', () => {
  test('are off outside of Lambda, and then handle is called as it is', () => {
    const handle = () => 1;
    expect(powertools({ tracer: new Tracer({ enabled: false }) }).traced(handle)).toBe(handle);
    expect(powertools({}).traced(handle)).toBe(handle);
  });

  test('have a subsegment for each record, beside each other, with what is called in it inside', async () => {
    vi.stubEnv(
      '_X_AMZN_TRACE_ID',
      'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    );
    vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x');
    const { reported, segments } = await traced(async () => {
      await AWSXRay.captureAsyncFunc('DynamoDB', async (inner) => {
        await new Promise((resolve) => setImmediate(resolve));
        inner?.close();
      });
    });
    expect(reported).toEqual([]);
    expect(
      segments.map(({ name, annotations, subsegments }) => [
        name,
        annotations?.position,
        subsegments?.map((inner) => inner.name),
      ]),
    ).toEqual([
      ['process order-events', 'order-events-0@0', ['DynamoDB']],
      ['process order-events', 'order-events-1@0', ['DynamoDB']],
    ]);
  });

  test('mark a record that failed, and keep its error from X-Ray', async () => {
    vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x');
    const { reported, segments } = await traced(() => {
      throw new TypeError('quotes the record');
    }, [aRecord()]);
    expect(reported).toEqual(['order-events-0@0']);
    expect(segments).toMatchObject([{ fault: true, annotations: { errorName: 'TypeError' } }]);
    expect(JSON.stringify(segments)).not.toContain('quotes');
  });
});
