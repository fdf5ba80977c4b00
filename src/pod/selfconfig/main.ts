import '../exit-on-signal.ts';
import { randomBytes } from 'node:crypto';
import { inClusterApiServer } from '../api-server.ts';
import { Failure } from '../failure.ts';
import { REQUEST_COMMANDS, requestOf } from './request.ts';
import { ask, configText, listed, type Instance } from './selfconfig.ts';

const READ_COMMANDS = [
  { name: 'get-config', words: [], says: 'print the rendered configuration' },
  { name: 'status', words: ['[ID]'], says: 'print the answer to a request, or all requests' },
];

function help(): string {
  const rows = [...REQUEST_COMMANDS, ...READ_COMMANDS].map(
    ({ name, words, says }) => `  ${[name, ...words].join(' ').padEnd(24)} ${says}\n`,
  );
  return 'Asks for a change of this agent. A person or a policy answers, by a pull request.\n\n' + rows.join('');
}

function instanceOf(environment: NodeJS.ProcessEnv): Instance {
  const { OPENCLAW_INSTANCE_NAME: name, OPENCLAW_NAMESPACE: namespace } = environment;
  if (!name || !namespace) throw new Failure('found no OPENCLAW_INSTANCE_NAME or OPENCLAW_NAMESPACE in the environment');
  return { name, namespace, server: inClusterApiServer(environment) };
}

async function run(words: readonly string[]): Promise<string> {
  const [name = 'help', id] = words;
  const request = requestOf(words);
  if (request !== null) {
    const newId = `sc-${Math.floor(Date.now() / 1000)}-${randomBytes(4).toString('hex')}`;
    return `${await ask(instanceOf(process.env), request, newId)}\n`;
  }
  if (name === 'get-config') return await configText(instanceOf(process.env));
  if (name === 'status') {
    const all = await listed(instanceOf(process.env));
    const found = id === undefined ? all : all.filter((entry) => entry.id === id);
    if (id !== undefined && found.length === 0) throw new Failure('found no request of that id', 'status without an id lists all');
    return found.map((entry) => `${entry.id} ${entry.answer ?? 'waits for an answer'}\n`).join('');
  }
  if (name === 'help' || name === '--help') return help();
  throw new Failure('found an unknown command', 'help lists the commands');
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`selfconfig: error: ${error.message}\n${error.hint === undefined ? '' : `  hint: ${error.hint}\n`}`);
  process.exitCode = 1;
}
