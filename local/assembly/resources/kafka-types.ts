import type { Form, ResourceType } from './identity.ts';

const clusterArn: Form = (identity) => identity.arn('kafka', `cluster/${identity.name}/${identity.uuid}-1`);
const configurationArn: Form = (identity) =>
  identity.arn('kafka', `configuration/${identity.name}/${identity.uuid}-1`);
const connectionArn: Form = (identity) =>
  identity.arn('kafka', `vpc-connection/${identity.account}/${identity.uuid}-1`);

/** `…:cluster/shop/<uuid>` has the topics `…:topic/shop/<uuid>/<name>`. */
const topicArn: Form = ({ properties, name }, at) =>
  `${at.text(properties.ClusterArn).replace(':cluster/', ':topic/')}/${name}`;

const cluster: ResourceType = {
  nameProperty: 'ClusterName',
  maximumName: 64,
  attributes: { Ref: clusterArn, Arn: clusterArn },
};

export const kafkaTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::MSK::Cluster': cluster,
  'AWS::MSK::ServerlessCluster': cluster,
  'AWS::MSK::Configuration': {
    nameProperty: 'Name',
    attributes: { Ref: configurationArn, Arn: configurationArn, 'LatestRevision.Revision': () => '1' },
  },
  'AWS::MSK::Topic': {
    nameProperty: 'TopicName',
    maximumName: 249,
    attributes: { Ref: topicArn, TopicArn: topicArn },
  },
  'AWS::MSK::VpcConnection': { attributes: { Ref: connectionArn, Arn: connectionArn } },
};
