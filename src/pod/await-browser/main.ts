import '../exit-on-signal.ts';
import { Failure } from '../failure.ts';
import { runInstructed } from '../run-program.ts';
import { awaitBrowser } from './await-browser.ts';

await runInstructed(
  'await-browser',
  ['a URL', 'a number of seconds', 'the name of a container'],
  async ([url, seconds, container], log) => {
    const outcome = await awaitBrowser(url, Number(seconds) * 1000);
    if (!outcome.answered)
      throw new Failure(`no browser answers at ${url}: ${outcome.reason}, after ${seconds} s`, `see the log of the container ${container}`);
    log.did(`${outcome.browser} answers`);
  },
);
