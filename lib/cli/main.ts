#!/usr/bin/env node
import { run } from './run';
import { processIo } from './io';

// A closed pipe, as in `quayside plan | head`, is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { io, end } = processIo();
void run(process.argv.slice(2), io).then((code) => end(code));
