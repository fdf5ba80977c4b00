import type { Streams } from './streams.ts';

export interface Progress {
  readonly settled: () => void;
  readonly waiting: (service: string, milliseconds: number) => void;
  readonly end: () => void;
}

/** Waits that are shorter are not worth a word. */
const LONG_MILLISECONDS = 2000;
const CLEAR_LINE = '\r\u001b[K';

/** One line on a terminal that says how far it is; nothing elsewhere, except that it waits for long. */
export function progress({ err, isTerminal }: Pick<Streams, 'err' | 'isTerminal'>, total: number): Progress {
  let done = 0;
  const isShown = isTerminal && total > 0;
  const show = (): void => {
    if (isShown) err(`${CLEAR_LINE}${done} of ${total} settled`);
  };
  show();
  return {
    settled: () => {
      done += 1;
      show();
    },
    waiting: (service, milliseconds) => {
      if (milliseconds < LONG_MILLISECONDS) return;
      err(`${isShown ? CLEAR_LINE : ''}waiting ${Math.round(milliseconds / 1000)} s for ${service}${isShown ? '' : '\n'}`);
    },
    end: () => {
      if (isShown) err(CLEAR_LINE);
    },
  };
}
