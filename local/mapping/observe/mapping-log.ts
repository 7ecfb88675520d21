/**
 * The system log of a mapping (R151–R155, documented) and our own diagnostics beside it. As data: the driver writes it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
 */
import type { SystemLogLevel } from '../mapping-config.ts';

interface LogEventCommon {
  readonly timestamp: string;
  readonly resourceArn: string;
  readonly eventSourceArn: string | undefined;
  readonly eventProcessorId: string;
  readonly logLevel: SystemLogLevel;
}

export type MappingLogBody =
  | {
      readonly eventType: 'ESM_PROCESSING_EVENT';
      readonly error: { readonly errorMessage: string; readonly errorCode: string };
    }
  | {
      readonly eventType: 'POLLER_STATUS_EVENT';
      readonly kafkaEventSourceConnection: KafkaConnectionStatus;
    }
  | {
      readonly eventType: 'KAFKA_STATUS_EVENT';
      readonly kafkaPartitionOffsets: readonly PartitionOffsets[];
    }
  | { readonly eventType: 'EMULATOR_DIAGNOSTIC'; readonly rule: string; readonly text: string };

export type MappingLogEvent = LogEventCommon & MappingLogBody;

export interface KafkaConnectionStatus {
  readonly brokerEndpoints: string;
  readonly consumerId: string;
  readonly topics: readonly string[];
  readonly consumerGroupId: string;
  readonly totalPartitionCount: number;
  readonly assignedPartitionCount: number;
  readonly partitionsAssignmentGeneration: number;
  readonly assignedPartitions: readonly string[];
}

export interface PartitionOffsets {
  /** `<topic>-<n>` */
  readonly partition: string;
  readonly endOffset: number;
  readonly consumedOffset: number;
  readonly processedOffset: number;
  readonly committedOffset: number;
}

const LEVEL_OF: Readonly<Record<MappingLogBody['eventType'], SystemLogLevel>> = {
  ESM_PROCESSING_EVENT: 'WARN',
  POLLER_STATUS_EVENT: 'INFO',
  KAFKA_STATUS_EVENT: 'DEBUG',
  EMULATOR_DIAGNOSTIC: 'WARN',
};

const RANK: Readonly<Record<SystemLogLevel, number>> = { DEBUG: 0, INFO: 1, WARN: 2 };

/** Whether a mapping with this log level writes such events. Our own diagnostics are always written. */
export function isLogged(eventType: MappingLogBody['eventType'], level: SystemLogLevel | undefined): boolean {
  if (eventType === 'EMULATOR_DIAGNOSTIC') return true;
  return level !== undefined && RANK[LEVEL_OF[eventType]] >= RANK[level];
}

export interface LogIdentity {
  readonly uuid: string;
  readonly region: string;
  readonly account: string;
  readonly eventSourceArn: string | undefined;
}

export function buildLogEvent(identity: LogIdentity, body: MappingLogBody, now: number): MappingLogEvent {
  const { uuid, region, account } = identity;
  return {
    timestamp: new Date(now).toISOString(),
    resourceArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
    eventSourceArn: identity.eventSourceArn,
    eventProcessorId: `${uuid}/0`,
    logLevel: LEVEL_OF[body.eventType],
    ...body,
  };
}

/** The parts of a function's ARN that a mapping's own ARN shares. */
export function identityOf(functionArn: string): { readonly region: string; readonly account: string } {
  const [, , , region = '', account = ''] = functionArn.split(':');
  return { region, account };
}
