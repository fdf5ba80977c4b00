/**
 * Takes an agent's identity in its tailnet over from the Secret in which the operator keeps it, once, while the volume has none: the
 * agent stays the same machine, under the same name. A Secret has one key for each key of Tailscale's state, a volume one file of JSON.
 */
import type { AdoptTailnetIdentityPlan } from '../../lib/pod-plan.ts';
import type { Context } from '../prepare/context.ts';
import { childOf } from '../prepare/volume-paths.ts';
import { writeAtomically } from '../prepare/write-atomically.ts';
import { quote } from '../log.ts';

const MACHINE_KEY = '_machinekey';
/** The entry point keeps other things in the same Secret: names, addresses, certificates. What is served is said anew at every start. */
const STATE_KEY = /^(?:_machinekey|_current-profile|_profiles|profile-[0-9a-f]+)$/;
const PRIVATE = 0o600;

/** `podName` tells replicas apart: two machines with one identity would take each other's place. */
export async function adoptTailnetIdentity(
  { fs, log }: Context,
  { secret, state }: AdoptTailnetIdentityPlan,
  podName: string,
): Promise<void> {
  if (!podName.endsWith('-0') || (await fs.inspect(state)) !== null) return;
  const keys = (await fs.list(secret)).filter((name) => STATE_KEY.test(name));
  if (!keys.includes(MACHINE_KEY)) return;
  const entries: [string, string][] = [];
  for (const key of keys) entries.push([key, (await fs.read(childOf(secret, key))).toString('base64')]);
  await writeAtomically(fs, state, Buffer.from(JSON.stringify(Object.fromEntries(entries))), PRIVATE);
  log.did(`took the identity in the tailnet over from the Secret into ${quote(state)}`);
}
