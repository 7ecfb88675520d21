/** A service that runs for us on this machine. */
export interface LocalService {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}
