import type { FunctionConfig } from '../assembly/local-system.ts';
import type { Ending } from './environment.ts';
import {
  exited,
  killed,
  notReached,
  outOfMemory,
  responseTooLarge,
  thrown,
  timedOut,
} from './function-errors.ts';
import type { InvokeResult } from './invoker.ts';

export interface Step {
  readonly requestId: string;
  readonly config: Pick<FunctionConfig, 'name' | 'timeout' | 'memorySize'>;
  /** An environment that dies in its init phase is an init error, whatever killed it. */
  readonly phase: 'init' | 'invoke';
}

/** What a mapping sees of how a step ended. */
export function resultOf(ending: Ending, { requestId, config, phase }: Step): InvokeResult {
  const dead = phase === 'init' ? 'init' : 'exit';
  switch (ending.kind) {
    case 'returned':
      return ending;
    case 'threw':
      return thrown(ending.error, 'thrown');
    case 'init-failed':
      return thrown(ending.error, 'init');
    case 'crashed':
      return thrown(ending.error, dead);
    case 'response-too-large':
      return responseTooLarge();
    case 'timed-out':
      return timedOut(requestId, config.timeout);
    case 'exited':
      return exited(requestId, ending.exitCode, dead);
    case 'out-of-memory':
      return outOfMemory(requestId, config.memorySize);
    case 'killed':
      return killed(requestId);
    case 'stopped':
      return notReached('service', `function ${config.name} has been stopped`);
    case 'ready':
      throw new Error(`environment of ${config.name} is ready twice, which is a defect`);
  }
}
