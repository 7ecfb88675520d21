import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../../lib/errors/error-codes.ts';
import { DecodeError, LanewiseError, PermanentError } from '../../../lib/index.ts';
import { projectRoot, sourceFiles } from '../../support/source-files.ts';

const codes = Object.keys(errorCodes).toSorted();
const documented = [
  ...readFileSync(join(projectRoot, 'docs/errors.md'), 'utf8').matchAll(/^\| `([A-Z_0-9]+)`/gm),
];

test('docs/errors.md lists every code of the runtime once, and no other', () => {
  expect(documented.map((match) => match[1]).toSorted()).toEqual(codes);
});

test('every code of the table is used somewhere in the runtime', () => {
  const text = sourceFiles('lib')
    .filter(({ path }) => path !== 'lib/errors/error-codes.ts')
    .map(({ path }) => readFileSync(join(projectRoot, path), 'utf8'))
    .join('\n');
  expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});

test('each class of error has its own name and carries its code', () => {
  const errors = [
    new LanewiseError('UNSAFE_OFFSET', 'x'),
    new PermanentError('x'),
    new PermanentError('x', { code: 'UNKNOWN_KIND' }),
    new DecodeError('INVALID_JSON', 'x'),
  ];
  expect(errors.map(({ name, code }) => `${name} ${code}`)).toEqual([
    'LanewiseError UNSAFE_OFFSET',
    'PermanentError PERMANENT',
    'PermanentError UNKNOWN_KIND',
    'DecodeError INVALID_JSON',
  ]);
});
