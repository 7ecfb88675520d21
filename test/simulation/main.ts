import { runProgram } from './cli/program.ts';

/** `npm run simulate -- --seeds 1..10000`, `npm run simulate -- --seed 7 --trace` */
process.exitCode = await runProgram(process.argv.slice(2));
