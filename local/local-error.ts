/** What a user of the local runner did or can mend: the command line prints the message as one line and exits with 2. */
export class LocalError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LocalError';
  }
}
