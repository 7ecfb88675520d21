import type { Evaluation } from './evaluation.ts';

/** `Fn::Length`, of the language extensions. */
export function length(argument: unknown, at: Evaluation): number {
  return at.list(argument).length;
}

/** `Fn::ToJsonString`, of the language extensions. */
export function toJsonString(argument: unknown, at: Evaluation): string {
  const value = at.value(argument);
  if (typeof value === 'object' && value !== null) return at.text(JSON.stringify(value));
  return at.fail('Fn::ToJsonString needs an object or a list');
}

/** CloudFormation's own bound. */
const mostBlocks = 256;

/**
 * `Fn::Cidr`: so many blocks of an IPv4 block, each with so many bits for its hosts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidr(argument: unknown, at: Evaluation): readonly string[] {
  if (!Array.isArray(argument) || argument.length < 2)
    return at.fail('Fn::Cidr needs a block, a count and bits');
  const [block, count, bits] = [...argument, 8].slice(0, 3).map((item) => at.text(item));
  const [, address = '', prefix] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(block ?? '') ?? [];
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => part > 255) || Number(prefix) > 32) {
    return at.fail(`Fn::Cidr needs an IPv4 block such as 10.0.0.0/16, got '${block}'`);
  }
  const size = 2 ** Number(bits);
  const wanted = Number(count);
  const room = 2 ** (32 - Number(prefix)) / size;
  if (!(Number.isInteger(size) && wanted >= 1 && wanted <= Math.min(mostBlocks, room))) {
    return at.fail(`Fn::Cidr cannot make ${count} blocks of ${bits} bits of ${block}`);
  }
  const whole = parts.reduce((sum, part) => sum * 256 + part, 0);
  const first = whole - (whole % 2 ** (32 - Number(prefix)));
  return Array.from({ length: wanted }, (_, index) => `${dotted(first + index * size)}/${32 - Number(bits)}`);
}

const dotted = (address: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
