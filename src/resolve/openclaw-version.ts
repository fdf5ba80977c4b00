/**
 * What each OpenClaw version accepts: the one table about versions. Keys are required, forbidden or harmful by version and an
 * unknown key stops the gateway with exit code 78, so nothing else in the renderer compares version numbers.
 * Measured with the npm packages 2026.5.18 to 2026.9.6.
 */

export interface OpenClawVersion {
  /** The version the tag names, e.g. `2026.7.1-2`; null for `latest`, custom tags and bare digests, which get the newest profile. */
  readonly version: string | null;
  readonly profile: OpenClawProfile;
}

export interface OpenClawProfile {
  /** A read-only ConfigMap directory with OPENCLAW_CONFIG_PATH works (2026.7.1 and newer). */
  readonly mountsConfigReadOnly: boolean;
  /** OPENCLAW_CONFIG_READONLY is known (2026.9.4 and newer; harmless before). */
  readonly knowsConfigReadonlyEnv: boolean;
  /** `/startupz` exists. Unknown versions count as without: a wrong path answers 200 from the Control UI. */
  readonly hasStartupz: boolean;
  /** `gateway.terminal` is a key (2026.7.1 and newer). */
  readonly hasTerminal: boolean;
  /** `gateway.nodes.pairing.autoApproveLocal`, `gateway.cliAgents` and `telemetry` are keys (2026.8.1 and newer). */
  readonly hasNodePairing: boolean;
  /** `mcp.apps` is a key; its listener is the gateway's port + 1 (2026.8.1 and newer). */
  readonly hasMcpApps: boolean;
  /** A tailnet login counts only on a Serve route that the gateway claims itself (2026.8.1 and newer). */
  readonly claimsTailscaleServe: boolean;
  /** `agents.defaults.modelPolicy` says which models may be chosen; without it `agents.defaults.models` does (2026.8.1 and newer). */
  readonly hasModelPolicy: boolean;
  /** `plugins install` wants `--accept-capabilities`, which older versions do not know (2026.8.1 and newer). */
  readonly asksForCapabilities: boolean;
  /** The official image bundles the plugin `diagnostics-otel` (2026.7.1 and newer). */
  readonly bundlesMetricsPlugin: boolean;
}

/** Older versions carry published remote code execution and token advisories (GHSA-qjpc-qf9m-xwmr is fixed here). */
export const OLDEST_SAFE_VERSION = '2026.5.18';

const TAG = /^v?(\d{4})\.(0?[1-9]|1[0-2])\.(\d{1,3})(?:-(\d{1,3}))?(?:-(?:slim|browser))?$/;

type Parts = readonly [year: number, month: number, patch: number, rebuild: number];

function parts(tag: string): Parts | null {
  const match = TAG.exec(tag);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
}

/** Negative, zero or positive as `left` is older than, equal to or newer than `right`; `2026.7.1-2` is newer than `2026.7.1`. Null when one of them is no OpenClaw version. */
export function compareVersions(left: string, right: string): number | null {
  const a = parts(left);
  const b = parts(right);
  return a === null || b === null ? null : compareParts(a, b);
}

function compareParts(left: Parts, right: Parts): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2] || left[3] - right[3];
}

/** The version without the variant suffix that `tag` names, or null. */
export function versionOfTag(tag: string): string | null {
  const found = parts(tag);
  if (found === null) return null;
  const [year, month, patch, rebuild] = found;
  return rebuild === 0 ? `${year}.${month}.${patch}` : `${year}.${month}.${patch}-${rebuild}`;
}

/** The profile of a version; null, the unknown version, gets the newest profile, except for what would fail silently. */
export function openclawVersion(version: string | null): OpenClawVersion {
  const own = version === null ? null : parts(version);
  const from = (...first: readonly [number, number, number]): boolean => own === null || compareParts(own, [...first, 0]) >= 0;
  return {
    version,
    profile: {
      mountsConfigReadOnly: from(2026, 7, 1),
      knowsConfigReadonlyEnv: from(2026, 9, 4),
      hasStartupz: own !== null && from(2026, 8, 1),
      hasTerminal: from(2026, 7, 1),
      hasNodePairing: from(2026, 8, 1),
      hasMcpApps: from(2026, 8, 1),
      claimsTailscaleServe: from(2026, 8, 1),
      hasModelPolicy: from(2026, 8, 1),
      asksForCapabilities: from(2026, 8, 1),
      bundlesMetricsPlugin: from(2026, 7, 1),
    },
  };
}
