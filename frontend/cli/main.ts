import { EXIT } from './exits';
import { run } from './run';

declare const VERSION: string;

/** The first signal stops the work where it is whole; the second doesn't wait for that. */
function stopOn(signals: readonly NodeJS.Signals[]): AbortSignal {
  const stopping = new AbortController();
  for (const signal of signals)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(EXIT.interrupted);
      stopping.abort(new DOMException('Stopped', 'AbortError'));
    });
  return stopping.signal;
}

// Whoever reads may have seen enough (`gallery list | head`).
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  process.exit(code === 'EPIPE' ? EXIT.done : EXIT.someFailed);
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  version: VERSION,
  stop: stopOn(['SIGINT', 'SIGTERM', 'SIGHUP']),
});
