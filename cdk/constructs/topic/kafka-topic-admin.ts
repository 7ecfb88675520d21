import { extname, join } from 'node:path';
import { Duration, Names, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { topicArn } from '../cluster/cluster-arns.ts';
import type { ClusterNetwork, IKafkaCluster } from '../cluster/kafka-source.ts';
import { networkInterfaceStatement } from '../consumer/network-interfaces.ts';
import { acknowledgeWildcards } from '../function/acknowledge-wildcards.ts';
import { leanFunction } from '../function/lean-function.ts';
import { enforceIf, RuleError } from '../rules/enforce-rule.ts';

const sources = join(import.meta.dirname, '..', 'topic-admin');

/** TypeScript in this repository, JavaScript in the package that is built of it. */
const extension = extname(import.meta.filename);

/**
 * The Kafka client reads a WebAssembly file beside its own, which a bundle has not; this build of it has the file inside.
 */
const selfContained = { '--alias:@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' };

/**
 * Makes topics where CloudFormation has no resource for it: on Serverless and existing clusters. Two functions, because one that is
 * beside the brokers reaches no AWS API without a NAT gateway: one finds the brokers and answers CloudFormation, the other is a Kafka
 * admin client in the VPC.
 */
export class KafkaTopicAdmin extends Construct {
  /** The admin of a cluster, one in each stack. */
  static of(scope: Construct, cluster: IKafkaCluster): KafkaTopicAdmin {
    const stack = Stack.of(scope);
    const id = `TopicAdmin${Names.uniqueResourceName(cluster, { maxLength: 64 })}`;
    const found = stack.node.tryFindChild(id);
    if (found instanceof KafkaTopicAdmin) return found;
    return new KafkaTopicAdmin(stack, id, { cluster, asker: scope });
  }

  readonly serviceToken: string;
  private readonly cluster: IKafkaCluster;
  private readonly admin: NodejsFunction;

  private constructor(
    scope: Construct,
    id: string,
    { cluster, asker }: { readonly cluster: IKafkaCluster; readonly asker: Construct },
  ) {
    super(scope, id);
    this.cluster = cluster;
    const ways = cluster.authentication.map((way) => way.kind);
    enforceIf(!ways.includes('iam'), asker, 'topic-needs-iam', ways.join(', '));
    const remote = cluster.eventSourceArn !== cluster.clusterArn;
    enforceIf(remote, asker, 'topic-behind-connection', 'a cluster with vpcConnectionArn');
    if (!cluster.network)
      throw new RuleError(asker, 'topic-needs-network', 'an existing cluster without them');
    this.admin = this.addAdmin(cluster.network);
    this.serviceToken = this.addProvider().functionArn;
  }

  /** Rights on one topic. The resource of the topic has to wait for them. */
  allow(topicName: string, { deleteTopic }: { readonly deleteTopic: boolean }): Construct {
    const actions = ['CreateTopic', 'DescribeTopic', 'AlterTopic', 'AlterTopicDynamicConfiguration'];
    return this.addPolicy(`Topic-${topicName}`, this.admin, [
      new PolicyStatement({
        actions: [...actions, ...(deleteTopic ? ['DeleteTopic'] : [])].map((name) => `kafka-cluster:${name}`),
        resources: [topicArn(this.cluster.clusterArn, topicName)],
      }),
    ]);
  }

  private addAdmin(network: ClusterNetwork): NodejsFunction {
    const admin = leanFunction(this, 'Admin', {
      entry: join(sources, `admin-function${extension}`),
      timeout: Duration.seconds(120),
      memorySize: 256,
      network,
      bundleSdk: true,
      bundling: { esbuildArgs: selfContained },
    });
    const interfaces = this.addPolicy('NetworkInterfaces', admin, [networkInterfaceStatement()]);
    acknowledgeWildcards(
      interfaces,
      'EC2 offers no narrower resource for the network interfaces of a function',
    );
    const connect = this.addPolicy('Connect', admin, [
      new PolicyStatement({ actions: ['kafka-cluster:Connect'], resources: [this.cluster.clusterArn] }),
    ]);
    admin.node.addDependency(interfaces, connect);
    return admin;
  }

  private addProvider(): NodejsFunction {
    const provider = leanFunction(this, 'Provider', {
      entry: join(sources, `provider-function${extension}`),
      timeout: Duration.seconds(150),
      memorySize: 256,
      environment: { TOPIC_ADMIN: this.admin.functionName },
    });
    const rights = this.addPolicy('Provide', provider, [
      new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [this.cluster.clusterArn] }),
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.admin.functionArn] }),
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks'],
        resources: [Stack.of(this).stackId],
      }),
    ]);
    provider.node.addDependency(rights);
    return provider;
  }

  private addPolicy(id: string, to: NodejsFunction, statements: PolicyStatement[]): Policy {
    return new Policy(this, id, { statements, ...(to.role && { roles: [to.role] }) });
  }
}
