import type { LocalSystem } from '../assembly/local-system.ts';
import { awsClientConfig, type ServiceEnvironment } from './aws-client-config.ts';

export async function createBuckets(
  buckets: LocalSystem['buckets'],
  environment: ServiceEnvironment,
): Promise<void> {
  if (buckets.length === 0) return;
  const { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  // A bucket's own host name would need DNS on this machine.
  const client = new S3Client({ ...awsClientConfig(environment, 'S3'), forcePathStyle: true });
  try {
    for (const { bucketName } of buckets) {
      await client.send(new CreateBucketCommand({ Bucket: bucketName })).catch((error: unknown) => {
        if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
      });
    }
  } finally {
    client.destroy();
  }
}
