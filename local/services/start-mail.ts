import { ownModule } from '../own-module.ts';
import type { LocalService } from './local-service.ts';
import { startWorkerService } from './worker-service.ts';

/** Starts an SES v2 endpoint on a free port of 127.0.0.1 that keeps every mail and shows it: its address is also a web page. */
export function startMail(): Promise<LocalService> {
  return startWorkerService(ownModule('./mail-worker', import.meta.url));
}
