/**
 * A variable of the function's environment, read once at init.
 *
 * @throws Error when it is missing: then no invocation of this function could do anything.
 */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`environment variable ${name} is not set; the consumers stack sets it for each function`);
  }
  return value;
}
