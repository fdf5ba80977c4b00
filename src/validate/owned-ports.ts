/** Ports of the pod that are taken, by us or by OpenClaw: the pod has one address, so nobody else can listen there. */
import { MCP_APPS_PROXY_PORT, PROXY_PORT, RESERVED_PORTS } from '../resolve/gateway-ports.ts';
import { CDP_PORT } from '../resolve/chromium.ts';
import { OLLAMA_PORT } from '../resolve/ollama.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { TAILSCALE_HEALTH_PORT } from '../resolve/tailscale.ts';
import { WEB_TERMINAL_PORT } from '../resolve/web-terminal.ts';
import type { Spec } from '../resolve/instance.ts';

/** Where the metrics collector takes in what the agent exports. */
const OTLP_PORT = 4318;

export interface OwnedPort {
  readonly first: number;
  readonly last: number;
  readonly owner: string;
}

const ALWAYS: readonly OwnedPort[] = [
  { first: PROXY_PORT, last: MCP_APPS_PROXY_PORT, owner: 'the gateway proxy' },
  { first: RESERVED_PORTS.first, last: RESERVED_PORTS.last, owner: 'OpenClaw' },
];

const COLLECTOR = 'the metrics collector';

function one(port: number, owner: string): OwnedPort {
  return { first: port, last: port, owner };
}

/** Numbers for a sentence: those of every pod, or of one. */
export function portsText(owned: readonly OwnedPort[] = ALWAYS): string {
  const sorted = [...owned].sort((left, right) => left.first - right.first);
  const ranges = sorted.map(({ first, last }) => (first === last ? String(first) : `${first} to ${last}`));
  return `${ranges.slice(0, -1).join(', ')} and ${ranges.at(-1)}`;
}

/** The taken ports whose number is nobody's choice. */
export function fixedPorts(spec: Spec, { metrics }: Pick<Resolved, 'metrics'>): OwnedPort[] {
  return [
    ...ALWAYS,
    ...(metrics.enabled ? [one(OTLP_PORT, COLLECTOR)] : []),
    // Images of others have the browser behind a forwarder: then it listens on the next port.
    ...(spec.chromium?.enabled === true ? [{ first: CDP_PORT, last: CDP_PORT + 1, owner: 'the browser' }] : []),
    ...(spec.ollama?.enabled === true ? [one(OLLAMA_PORT, 'Ollama')] : []),
    ...(spec.tailscale?.enabled === true ? [one(TAILSCALE_HEALTH_PORT, 'Tailscale')] : []),
    ...(spec.webTerminal?.enabled === true ? [one(WEB_TERMINAL_PORT, 'the web terminal')] : []),
  ];
}

/** All taken ports, the metrics port among them. */
export function ownedPorts(spec: Spec, resolved: Pick<Resolved, 'metrics'>): OwnedPort[] {
  const { metrics } = resolved;
  return [...fixedPorts(spec, resolved), ...(metrics.enabled ? [one(metrics.port, COLLECTOR)] : [])];
}

/** Who has a port, or undefined for a free one. */
export function ownerOf(port: number, owned: readonly OwnedPort[]): string | undefined {
  return owned.find(({ first, last }) => port >= first && port <= last)?.owner;
}
