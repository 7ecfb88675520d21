// Runs in a process of its own: prints the milliseconds to import a function's module, which constructs its handler.
const start = process.hrtime.bigint();
const { handler } = await import(process.argv[2]);
const took = Number(process.hrtime.bigint() - start) / 1e6;
if (typeof handler !== 'function') throw new Error('the module exports no handler');
process.stdout.write(String(took));
