import type { TopicConfig } from '../local-system.ts';
import { isObject } from '../template/json.ts';
import type { Declared } from './declared.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-topic.html */
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

/** `Configs` is base64 of a JSON object. */
function readConfigs({ fields }: Declared): Readonly<Record<string, string>> {
  const encoded = fields.text('Configs');
  if (encoded === undefined) return {};
  const configs = parse(Buffer.from(encoded, 'base64').toString('utf8'));
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
