/** The command line: finds the command, runs it, and turns what it says into an exit code: 0 done, 1 input refused, 2 wrong usage, 3 our bug. */
import { commands, findCommand } from './commands/index.ts';
import { generalHelp, helpOf, UsageError } from './commands/command.ts';
import { StandardOutputError, standardStreams } from './commands/streams.ts';

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest[0] === undefined)) {
    standardStreams.out(generalHelp(commands));
    return name === undefined ? 2 : 0;
  }
  const wanted = name === 'help' ? rest[0] : name === '--version' || name === '-v' ? 'version' : name;
  const command = findCommand(wanted ?? '');
  if (command === null)
    throw new UsageError(`there is no command "${name}"; expected one of ${commands.map((known) => known.name).join(', ')}`);
  if (name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    standardStreams.out(helpOf(command));
    return 0;
  }
  return command.run(rest, standardStreams);
}

async function run(): Promise<void> {
  // Until it is known: a promise that never settles ends the process, too.
  process.exitCode = 3;
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) {
      standardStreams.err(`openclaw-gitops: ${error.message}\nRun "openclaw-gitops --help" for what it can do.\n`);
      process.exitCode = 2;
    } else if (error instanceof StandardOutputError) {
      standardStreams.err(`openclaw-gitops: ${error.message}; what it holds is not complete\n  hint: check permissions and free space\n`);
      process.exitCode = 1;
    } else {
      const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
      standardStreams.err(`openclaw-gitops: this is a bug in openclaw-gitops, please report it: ${bug}\n`);
      process.exitCode = 3;
    }
  }
}

// Not awaited here: bundled, this is a script.
void run();
