/** Things that a user would miss: a paired device, a cron job and a file in the workspace. Left before a restart, looked for after it. */
import assert from 'node:assert/strict';
import type { RunningContainer } from '../pod-runner/container-process.ts';
import { connectionOutcome } from './connection-outcome.ts';
import type { Route } from './route.ts';
import { connectGateway, newDevice, type Device } from './websocket-client.ts';

export interface SampleState {
  readonly device: Device;
  readonly jobName: string;
}

const WORKSPACE = '/home/openclaw/.openclaw/workspace';
const NOTE = `${WORKSPACE}/NOTE.md`;
const NOTE_TEXT = 'written by the agent';

/** `local` must be a way on which a new device is paired at once. */
export async function leaveState(local: Route, token: string, container: RunningContainer): Promise<SampleState> {
  const device = newDevice();
  const jobName = `kept-${device.id.slice(0, 8)}`;
  const client = await connectGateway(local, { token, device });
  await client.request('cron.add', {
    name: jobName,
    schedule: { kind: 'cron', expr: '0 5 1 1 *' },
    sessionTarget: 'isolated',
    payload: { kind: 'agentTurn', message: 'happy new year' },
  });
  client.close();
  const script = `const fs = require('fs'); fs.mkdirSync('${WORKSPACE}', { recursive: true }); fs.writeFileSync('${NOTE}', '${NOTE_TEXT}')`;
  const { code, stderr } = await container.exec(['node', '-e', script]);
  assert.equal(code, 0, stderr);
  return { device, jobName };
}

/** `remote` must be a way on which a new device is asked for pairing, so that only the remembered one gets in. */
export async function expectState(
  { device, jobName }: SampleState,
  remote: Route,
  token: string,
  container: RunningContainer,
): Promise<void> {
  assert.equal(await connectionOutcome(remote, { token, device: newDevice() }), 'PAIRING_REQUIRED', 'a new device');
  const client = await connectGateway(remote, { token, device });
  const { jobs } = (await client.request('cron.list', {})) as { jobs: { name: string }[] };
  client.close();
  assert.ok(
    jobs.some(({ name }) => name === jobName),
    `cron jobs: ${jobs.map(({ name }) => name).join(', ')}`,
  );
  assert.equal((await container.exec(['cat', NOTE])).stdout, NOTE_TEXT);
}
