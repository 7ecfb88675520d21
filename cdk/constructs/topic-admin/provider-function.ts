/** The function that CloudFormation calls for `Custom::KafkaTopic`. It is outside of the VPC, where AWS's APIs are. */
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { provideTopic, type TopicBackend } from './provide-topic.ts';

const kafka = new KafkaClient();
const lambda = new LambdaClient({ requestHandler: { requestTimeout: 130_000 } });

const backend: TopicBackend = {
  async isRollingBack(stackId) {
    // Lambda's runtime has the package; loaded here, because only this needs it.
    const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
    const { Stacks } = await new CloudFormationClient().send(
      new DescribeStacksCommand({ StackName: stackId }),
    );
    return Stacks?.[0]?.StackStatus?.includes('ROLLBACK') ?? false;
  },

  async bootstrapBrokers(clusterArn) {
    const { BootstrapBrokerStringSaslIam: list } = await kafka.send(
      new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }),
    );
    if (!list) throw new Error(`cluster ${clusterArn} has no brokers for IAM: turn on IAM authentication`);
    return list.split(',');
  },

  async applyTopic(request) {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: process.env.TOPIC_ADMIN, Payload: JSON.stringify(request) }),
    );
    if (FunctionError) throw new Error(errorMessageOf(Payload?.transformToString() ?? ''));
  },
};

export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  await provideTopic(event, backend);
}

/** Lambda wraps what a function throws as `{ errorType, errorMessage }`. */
function errorMessageOf(payload: string): string {
  try {
    return String(JSON.parse(payload).errorMessage ?? payload);
  } catch {
    return payload;
  }
}
