/** The name of the error's class, as far as it looks like one: a name can be set to anything, also to what a log must not show. */
export function errorName(error: unknown): string {
  try {
    return error instanceof Error && /^[\w.$]{1,80}$/.test(error.name) ? error.name : 'Error';
  } catch {
    // Neither does a symbol, nor a getter that throws.
    return 'Error';
  }
}
