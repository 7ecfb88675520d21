import { DEFAULT_KNOBS, type Knobs } from '../mapping/knobs.ts';
import type { MappingConfig } from '../mapping/mapping-config.ts';
import type { ServiceEnvironment } from '../services/aws-client-config.ts';
import type { RecordSource } from '../source/record-source.ts';
import type { DiscardDestination } from './discarded-batch.ts';
import { kafkaDestination } from './kafka-destination.ts';
import { s3Destination } from './s3-destination.ts';
import { snsDestination } from './sns-destination.ts';
import { sqsDestination } from './sqs-destination.ts';

export interface DestinationPorts {
  readonly source: Pick<RecordSource, 'produce'>;
  /** Where the services are: `AWS_ENDPOINT_URL_SQS` and its like, with region and credentials. */
  readonly environment: ServiceEnvironment;
  readonly knobs?: Knobs | undefined;
  /** 0 to 1, for keys; `Math.random` by default. */
  readonly random?: (() => number) | undefined;
}

/** The on-failure destination that a mapping declares; `undefined` when it declares none. */
export function createDestination(
  mapping: Pick<MappingConfig, 'uuid' | 'destination'>,
  ports: DestinationPorts,
): DiscardDestination | undefined {
  const { destination, uuid } = mapping;
  const { environment, source, knobs = DEFAULT_KNOBS, random = Math.random } = ports;
  switch (destination?.kind) {
    case undefined:
      return undefined;
    case 'kafka':
      return kafkaDestination({ source, topic: destination.topic, knobs, random });
    case 'sqs':
      return sqsDestination(destination.queueUrl, environment);
    case 'sns':
      return snsDestination(destination.topicArn, environment);
    case 's3':
      return s3Destination({ bucket: destination.bucket, mappingUuid: uuid, environment, random });
  }
}
