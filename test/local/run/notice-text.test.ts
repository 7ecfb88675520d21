import { describe, expect, it } from 'vitest';
import type { MappingLogEvent } from '../../../local/mapping/observe/mapping-log.ts';
import { noticeLine } from '../../../local/run/notice-text.ts';
import { aConfig } from '../mapping/support/builders.ts';

const common = {
  timestamp: '2026-01-01T00:00:00.000Z',
  resourceArn: 'arn:aws:lambda:eu-central-1:000011112222:event-source-mapping:1',
  eventSourceArn: undefined,
  eventProcessorId: '1/0',
  logLevel: 'WARN',
} as const;

const lineOf = (event: MappingLogEvent) => noticeLine(aConfig(), { kind: 'log', event });

describe('the system log of a mapping', () => {
  it('is printed as the JSON lines that Lambda writes', () => {
    const error = { errorMessage: 'PROBLEM: it broke', errorCode: 'EVENT_SOURCE_CONNECTION_ERROR' };
    const line = lineOf({ ...common, eventType: 'ESM_PROCESSING_EVENT', error });
    expect(JSON.parse(line ?? '')).toMatchObject({
      eventType: 'ESM_PROCESSING_EVENT',
      logLevel: 'WARN',
      error,
    });
  });

  it('does not repeat a diagnostic that has a line of its own', () => {
    expect(lineOf({ ...common, eventType: 'EMULATOR_DIAGNOSTIC', rule: 'R75', text: 'x' })).toBeUndefined();
  });
});
