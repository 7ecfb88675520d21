import type { Evaluation } from '../resolve/evaluation.ts';
import type { Form, Identity, ResourceType } from './identity.ts';

const name: Form = (identity) => identity.name;

/** A version and an alias name their function by name or ARN. */
function functionArn(identity: Identity, at: Evaluation): string {
  const named = at.text(identity.properties.FunctionName);
  return named.startsWith('arn:') ? named : identity.arn('lambda', `function:${named}`);
}

const aliasArn: Form = (identity, at) => `${functionArn(identity, at)}:${identity.name}`;
const versionArn: Form = (identity, at) => `${functionArn(identity, at)}:1`;
const roleArn: Form = ({ partition, account, properties, name }, at) =>
  `arn:${partition}:iam::${account}:role${pathOf(properties.Path, at)}${name}`;
const policyArn: Form = ({ partition, account, properties, name }, at) =>
  `arn:${partition}:iam::${account}:policy${pathOf(properties.Path, at)}${name}`;

function pathOf(raw: unknown, at: Evaluation): string {
  return raw === undefined ? '/' : at.text(raw);
}

export const computeTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    maximumName: 64,
    attributes: { Ref: name, Arn: (identity) => identity.arn('lambda', `function:${identity.name}`) },
  },
  'AWS::Lambda::Version': { attributes: { Ref: versionArn, FunctionArn: versionArn, Version: () => '1' } },
  'AWS::Lambda::Alias': { nameProperty: 'Name', attributes: { Ref: aliasArn, AliasArn: aliasArn } },
  'AWS::Lambda::EventSourceMapping': {
    attributes: {
      Ref: ({ uuid }) => uuid,
      Id: ({ uuid }) => uuid,
      EventSourceMappingArn: (identity) => identity.arn('lambda', `event-source-mapping:${identity.uuid}`),
    },
  },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    maximumName: 128,
    attributes: { Ref: policyArn, PolicyArn: policyArn },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    maximumName: 64,
    attributes: { Ref: name, Arn: roleArn, RoleId: ({ uuid }) => `AROA${uuid.slice(-12).toUpperCase()}` },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    maximumName: 512,
    attributes: { Ref: name, Arn: (identity) => identity.arn('logs', `log-group:${identity.name}:*`) },
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    maximumName: 80,
    attributes: {
      Ref: (identity) => identity.arn('states', `stateMachine:${identity.name}`),
      Arn: (identity) => identity.arn('states', `stateMachine:${identity.name}`),
      Name: name,
    },
  },
};
