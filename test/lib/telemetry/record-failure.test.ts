import { describe, expect, test } from 'vitest';
import { PermanentError, type RecordFailure } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

const throwing = (property: string, kind: new (text: string) => Error = Error) =>
  Object.defineProperty(new kind('x'), property, {
    get: () => {
      throw new Error(`${property} cannot be read`);
    },
  });

/** Two partitions, of which the first fails with this error. */
async function failWith(error: unknown) {
  const failures: RecordFailure[] = [];
  const reported = await runBatch([aRecord(), aRecord({ partition: 1 })], {
    park: () => {},
    observer: { recordFailed: (failure) => void failures.push(failure) },
    handle: ({ partition }) => {
      if (partition === 0) throw error;
    },
  });
  return { reported, failures };
}

describe('an error that cannot be read fails its record alone, and is told as an unknown one:', () => {
  test.each([
    ['its class is asked for and throws', throwing('name')],
    ['its stack is formatted by something that throws', throwing('stack')],
    ['its message throws', throwing('message')],
    ['whether it is permanent cannot be asked', throwing('permanent')],
    ['its name is a symbol', Object.assign(new Error('x'), { name: Symbol('x') })],
    ['its stack is a number', Object.assign(new Error('x'), { stack: 7 })],
    ['it has no message', Object.assign(new Error('x'), { message: undefined })],
    ['it cannot be made text', Object.create(null)],
    ['it is a text', 'not now'],
    ['it is null', null],
    ['it is undefined', undefined],
    ['it only looks permanent', { permanent: true }],
  ])('%s', async (_, error) => {
    const { reported, failures } = await failWith(error);
    expect(reported).toEqual(['order-events-0@0']);
    expect(failures).toMatchObject([
      { code: 'HANDLE_FAILED', name: 'Error', message: undefined, permanent: false },
    ]);
  });
});

test('the place is not told when the message is not the one that the stack begins with: it may begin with a payload', async () => {
  const changed = Object.assign(new Error('x'), { stack: 'ada@\n    at example.com', message: 'taken' });
  const { failures } = await failWith(changed);
  expect(failures).toMatchObject([{ where: undefined }]);
});

test('a codec whose error cannot be read fails its record like any other', async () => {
  const failures: RecordFailure[] = [];
  const decode = () => {
    throw throwing('name');
  };
  await runBatch([aRecord()], {
    value: { name: 'mine', decode },
    observer: { recordFailed: (failure) => void failures.push(failure) },
  });
  expect(failures).toMatchObject([{ code: 'CODEC_FAILED', permanent: true }]);
});

test('a permanent error whose stack cannot be read is parked all the same', async () => {
  const parked: unknown[] = [];
  const reported = await runBatch([aRecord()], {
    park: (record) => void parked.push(String(record)),
    observer: { recordParked: ({ code, where }) => void parked.push(code, where) },
    handle: () => {
      throw throwing('stack', PermanentError);
    },
  });
  expect(reported).toEqual([]);
  expect(parked).toEqual(['order-events-0@0', 'PERMANENT', undefined]);
});
