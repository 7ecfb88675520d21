import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Park } from './park.ts';
import { type ParkedDocument, parkedJson } from './parked-document.ts';
import { type ParkedStore, type ParkOptions, parking, requiredText } from './parking.ts';

export interface S3StoreOptions {
  readonly bucket: string | undefined;
  /** What the objects' keys begin with. @default 'parked/' */
  readonly prefix?: string;
  /** @default a client of its own, configured by the environment */
  readonly client?: Pick<S3Client, 'send'>;
}

/**
 * Parks records as objects of a bucket, one each: `parked/billing/order-events/2/00000000000000001042-1795428000000.json`, the last number being the record's
 * timestamp. A record that is parked again replaces its object.
 *
 * @throws LanewiseError INVALID_OPTION without bucket or group
 */
export function s3Park(options: S3StoreOptions & ParkOptions): Park {
  const store = s3Store(options);
  return parking(
    {
      name: 's3Park',
      service: 'S3',
      // An event has 6 MB; an object may have far more.
      largest: Number.POSITIVE_INFINITY,
      sizeOf: () => 0,
      write: (document) => store(document as ParkedDocument),
    },
    options,
  );
}

/**
 * Where other sinks put what is too large for them: `sqsPark({ queueUrl, overflow: s3Store({ bucket }) })`.
 *
 * @throws LanewiseError INVALID_OPTION without bucket
 */
export function s3Store(options: S3StoreOptions): ParkedStore {
  const bucket = requiredText('s3Park', 'bucket', options.bucket);
  const { prefix = 'parked/', client = new S3Client({}) } = options;
  return async (document) => {
    const key = `${prefix}${objectName(document)}`;
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: parkedJson(document),
        ContentType: 'application/json',
      }),
    );
    return { kind: 's3', bucket, key };
  };
}

/** Offsets in 20 digits, so that objects are listed in order. The timestamp tells a topic from one of its name before it. */
function objectName({ group, topic, partition, offset, timestamp }: ParkedDocument): string {
  const place = `${String(offset).padStart(20, '0')}-${timestamp}`;
  return `${encodeURIComponent(group)}/${topic}/${partition}/${place}.json`;
}
