import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientConfig } from './client-config.ts';

export function sesClient(): SESv2Client {
  return new SESv2Client(clientConfig);
}
