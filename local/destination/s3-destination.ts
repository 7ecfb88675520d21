import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { randomUuid } from '../mapping/support/random-uuid.ts';
import { awsClientConfig, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { buildS3Record } from './destination-record.ts';
import type { DiscardDestination, DiscardedBatch } from './discarded-batch.ts';

export interface S3DestinationOptions {
  readonly bucket: string;
  readonly mappingUuid: string;
  readonly environment: ServiceEnvironment;
  readonly random: () => number;
}

/** A bucket: metadata and the whole event (R117, documented). */
export function s3Destination(options: S3DestinationOptions): DiscardDestination {
  let put: ReturnType<typeof connect> | undefined;
  return {
    deliver: async (batch) => {
      const Key = s3ObjectKey(options.mappingUuid, batch, randomUuid(options.random));
      const Body = JSON.stringify(buildS3Record(batch));
      const ContentType = 'application/json';
      put ??= connect(options.environment);
      await (await put)({ Bucket: options.bucket, Key, Body, ContentType });
    },
  };
}

/** The client is loaded with the first discarded batch: most runs have none. */
async function connect(environment: ServiceEnvironment) {
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  // A bucket's own host name would need DNS on this machine.
  const client = new S3Client({ ...awsClientConfig(environment, 'S3'), forcePathStyle: true });
  return (input: PutObjectCommandInput) => client.send(new PutObjectCommand(input));
}

/** R128: not published for Kafka; the form of streams with the topic-partition in place of the shard (assumed). */
export function s3ObjectKey(mappingUuid: string, batch: DiscardedBatch, id: string): string {
  const [partition = ''] = Object.keys(batch.payload.records);
  const [day = '', time = ''] = new Date(batch.timestamp).toISOString().split('T');
  const moment = `${day}T${time.slice(0, 8).replaceAll(':', '.')}`;
  return `aws/lambda/${mappingUuid}/${partition}/${day.replaceAll('-', '/')}/${moment}-${id}`;
}
