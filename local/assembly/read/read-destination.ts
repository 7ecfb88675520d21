import type { DestinationConfig } from '../../mapping/mapping-config.ts';
import { urlSuffixOf } from '../resolve/pseudo-parameters.ts';
import type { Fields } from './fields.ts';

/** R114: where discarded batches go: `kafka://topic`, or the ARN of an SQS queue, an SNS topic or an S3 bucket. */
export function readDestination(fields: Fields): DestinationConfig | undefined {
  const onFailure = fields.below('DestinationConfig').below('OnFailure');
  const destination = onFailure.text('Destination') ?? '';
  // The empty text removes a destination.
  if (destination === '') return undefined;
  if (destination.startsWith('kafka://'))
    return { kind: 'kafka', topic: destination.slice('kafka://'.length) };
  const [prefix, , service, region = '', account = '', ...rest] = destination.split(':');
  const resource = rest.join(':');
  if (prefix === 'arn' && resource !== '') {
    if (service === 'sqs') {
      const queueUrl = `https://sqs.${region}.${urlSuffixOf(region)}/${account}/${resource}`;
      return { kind: 'sqs', queueUrl, arn: destination };
    }
    if (service === 'sns') return { kind: 'sns', topicArn: destination };
    if (service === 's3') return { kind: 's3', bucket: resource, arn: destination };
  }
  return onFailure.fail(
    'Destination',
    `'${destination}' is no on-failure destination (allowed: kafka://topic, the ARN of an SQS queue, SNS topic or S3 bucket)`,
  );
}
