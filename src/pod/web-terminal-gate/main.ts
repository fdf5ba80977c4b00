import '../exit-on-signal.ts';
import { Failure } from '../failure.ts';
import { runInstructed } from '../run-program.ts';
import { webTerminalGate } from './web-terminal-gate.ts';

await runInstructed(
  'web-terminal-gate',
  ['the socket file of the terminal', 'the directory of the login', 'a port'],
  async ([terminal, login, port], log) => {
    const server = webTerminalGate({ terminal, login, log });
    await new Promise((_, reject) => {
      server.on('error', (error: NodeJS.ErrnoException) => reject(new Failure(`cannot listen on port ${port} (${error.code})`)));
      server.listen(Number(port), '127.0.0.1', () => log.did(`asks for the login on 127.0.0.1:${port}`));
    });
  },
);
