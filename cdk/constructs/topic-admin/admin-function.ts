/** The function beside the brokers: signs in by IAM and changes one topic. */
import { Admin } from '@platformatic/kafka';
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { applyTopic } from './apply-topic.ts';
import type { TopicOutcome, TopicRequest } from './topic-request.ts';
import { withPatience } from './with-patience.ts';

/** A policy takes seconds to reach the brokers; with what an attempt itself takes, this fits into the function's time. */
const patience = { attempts: 10, pause: 6_000 };

export async function handler(request: TopicRequest): Promise<TopicOutcome> {
  return withPatience(() => applyOnce(request), patience);
}

async function applyOnce(request: TopicRequest): Promise<TopicOutcome> {
  const admin = new Admin({
    clientId: 'lanewise-topic-admin',
    bootstrapBrokers: [...request.bootstrapBrokers],
    connectTimeout: 10_000,
    timeout: 20_000,
    retries: 3,
    tls: {},
    sasl: { mechanism: 'OAUTHBEARER', token: signedToken },
  });
  try {
    return await applyTopic(admin, request.topic);
  } finally {
    await admin.close();
  }
}

/** A token is a signed request for `kafka-cluster:Connect`; it needs no call to AWS. */
async function signedToken(): Promise<string> {
  const region = process.env.AWS_REGION;
  if (!region) throw new Error('AWS_REGION is not set, and Lambda always sets it');
  return (await generateAuthToken({ region })).token;
}
