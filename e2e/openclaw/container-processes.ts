import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';

export interface ContainerProcess {
  readonly commandLine: string;
  readonly environment: string;
}

/** Everything that runs in a container now. */
export function containerProcesses(): ContainerProcess[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readlinkSync(`/proc/${pid}/root`).startsWith(SANDBOX_DIRECTORY)) return [];
      const text = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ commandLine: text('cmdline'), environment: text('environ') }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
