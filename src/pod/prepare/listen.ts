import { createServer } from 'node:net';
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { makeDirectory, makeParents } from './make-directory.ts';
import { writeWhenDifferent } from './write-atomically.ts';

// nginx reads the files as another user.
const READABLE_BY_ALL = 0o644;
const ENTERED_BY_ALL = 0o755;

/** The `listen` lines of one port; a `[::]` line stops nginx where the kernel has no IPv6. */
export function listenLines(port: number, hasIpv6: boolean): string {
  return `listen 0.0.0.0:${port};\n${hasIpv6 ? `listen [::]:${port} ipv6only=on;\n` : ''}`;
}

/** Writes one include per port, which nginx's configuration names one by one. */
export async function listenIncludes(
  { fs, log }: Context,
  { directory, ports }: NonNullable<PreparePlan['listen']>,
  hasIpv6: boolean,
): Promise<void> {
  if ((await fs.inspect(directory)) === null) {
    await makeParents(fs, directory);
    await makeDirectory(fs, directory, ENTERED_BY_ALL);
  }
  for (const port of ports) {
    const path = `${directory}/listen-${port}.conf`;
    if (await writeWhenDifferent(fs, path, Buffer.from(listenLines(port, hasIpv6)), READABLE_BY_ALL))
      log.did(`wrote ${quote(path)}${hasIpv6 ? '' : ' without IPv6'}`);
  }
}

/** Whether this network namespace can listen on IPv6: asked by listening, exactly as nginx will. */
export async function canListenOnIpv6(): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '::', port: 0, ipv6Only: true }, () => server.close(() => resolve(true)));
  });
}
