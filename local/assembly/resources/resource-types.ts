import { stackArn } from '../resolve/pseudo-parameters.ts';
import { computeTypes } from './compute-types.ts';
import type { Form, ResourceType } from './identity.ts';
import { kafkaTypes } from './kafka-types.ts';
import { storageTypes } from './storage-types.ts';

const byHexId = (prefix: string, attribute: string): ResourceType => {
  const id: Form = ({ hexId }) => hexId(prefix);
  return { attributes: { Ref: id, [attribute]: id } };
};

/** Networks are not run locally, but a function's variables may name them. */
const networkTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::EC2::SecurityGroup': byHexId('sg', 'GroupId'),
  'AWS::EC2::Subnet': byHexId('subnet', 'SubnetId'),
  'AWS::EC2::VPC': byHexId('vpc', 'VpcId'),
};

const stackTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudFormation::Stack': { attributes: { Ref: (_identity, at) => stackArn(at.stack) } },
};

/**
 * What `Ref` and `Fn::GetAtt` answer, type by type.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries({ ...computeTypes, ...kafkaTypes, ...storageTypes, ...networkTypes, ...stackTypes }),
);
