import { batch } from './batch/batch.ts';
import { checkpoint } from './checkpoint/checkpoint.ts';
import { codecs } from './codecs/codecs.ts';
import { failures } from './failures/failures.ts';
import { idempotency } from './idempotency/idempotency.ts';
import { init } from './init/init.ts';
import { local } from './local/local.ts';
import type { Bench } from './result.ts';

/** By the name that the command line takes, in the order of the page. */
export const benches: Readonly<Record<string, Bench>> = {
  batch,
  init,
  failures,
  local,
  idempotency,
  codecs,
  checkpoint,
};
