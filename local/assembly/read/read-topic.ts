import type { TopicConfig } from '../local-system.ts';
import { isObject } from '../template/json.ts';
import type { Declared } from './declared.ts';

/**
 * A topic by `AWS::MSK::Topic`, or by `Custom::KafkaTopic`, which the constructs use where there is no such resource and which has the same
 * properties.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-topic.html
 */
export function readTopic(declared: Declared): TopicConfig {
  const { fields, resource } = declared;
  const partitions =
    fields.whole('PartitionCount') ?? fields.fail('PartitionCount', 'PartitionCount is missing');
  return {
    logicalId: resource.logicalId,
    name: fields.required('TopicName'),
    partitions,
    configs: readConfigs(declared),
  };
}

/** `Configs` is base64 of a JSON object; the custom resource has the object itself. */
function readConfigs({ fields }: Declared): Readonly<Record<string, string>> {
  const given = fields.value('Configs');
  if (given === undefined) return {};
  const configs = isObject(given)
    ? given
    : parse(Buffer.from(fields.required('Configs'), 'base64').toString('utf8'));
  if (!isObject(configs)) return fields.fail('Configs', 'Configs must be base64 of a JSON object');
  return Object.fromEntries(Object.entries(configs).map(([name, value]) => [name, String(value)]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
