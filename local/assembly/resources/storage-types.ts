import type { Form, Identity, ResourceType } from './identity.ts';

const name: Form = (identity) => identity.name;
const tableArn: Form = (identity) => identity.arn('dynamodb', `table/${identity.name}`);
const queueUrl: Form = (identity) =>
  `https://sqs.${identity.region}.${identity.urlSuffix}/${identity.account}/${identity.name}`;
const topicArn: Form = (identity) => identity.arn('sns', identity.name);
const bucketArn: Form = ({ partition, name }) => `arn:${partition}:s3:::${name}`;
const secretArn: Form = (identity) =>
  identity.arn('secretsmanager', `secret:${identity.name}-${identity.uuid.slice(0, 6)}`);
const keyId: Form = ({ uuid }) => uuid;

const isFifo = (properties: Identity['properties'], property: string) =>
  String(properties[property]) === 'true';

const table: ResourceType = {
  nameProperty: 'TableName',
  attributes: {
    Ref: name,
    Arn: tableArn,
    StreamArn: (identity, at) => `${tableArn(identity, at)}/stream/2026-01-01T00:00:00.000`,
    TableId: ({ uuid }) => uuid,
  },
};

export const storageTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    maximumName: 75,
    generatedName: (generated, properties) =>
      isFifo(properties, 'FifoQueue') ? `${generated}.fifo` : generated,
    attributes: {
      Ref: queueUrl,
      Arn: (identity) => identity.arn('sqs', identity.name),
      QueueName: name,
      QueueUrl: queueUrl,
    },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    maximumName: 250,
    generatedName: (generated, properties) =>
      isFifo(properties, 'FifoTopic') ? `${generated}.fifo` : generated,
    attributes: { Ref: topicArn, TopicArn: topicArn, TopicName: name },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    maximumName: 63,
    generatedName: (generated) => generated.toLowerCase(),
    attributes: {
      Ref: name,
      Arn: bucketArn,
      DomainName: (identity) => `${identity.name}.s3.${identity.urlSuffix}`,
      RegionalDomainName: (identity) => `${identity.name}.s3.${identity.region}.${identity.urlSuffix}`,
    },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    attributes: {
      Ref: name,
      Name: name,
      Arn: (identity) => identity.arn('events', `event-bus/${identity.name}`),
    },
  },
  'AWS::Kinesis::Stream': {
    nameProperty: 'Name',
    maximumName: 128,
    attributes: { Ref: name, Arn: (identity) => identity.arn('kinesis', `stream/${identity.name}`) },
  },
  'AWS::KMS::Alias': { nameProperty: 'AliasName', attributes: { Ref: name } },
  'AWS::KMS::Key': {
    attributes: { Ref: keyId, KeyId: keyId, Arn: (identity) => identity.arn('kms', `key/${identity.uuid}`) },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    attributes: { Ref: secretArn, Id: secretArn },
  },
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name', maximumName: 64, attributes: { Ref: name } },
  'AWS::SES::EmailIdentity': { nameProperty: 'EmailIdentity', attributes: { Ref: name } },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    attributes: {
      Ref: name,
      Type: ({ properties }, at) => at.text(properties.Type),
      Value: ({ properties }, at) => at.text(properties.Value),
    },
  },
};
