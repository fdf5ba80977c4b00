/** The limits that the operator's webhook leaves to its schema: they hold before any rule runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bot, schemaFindings } from './checked.ts';

const list = (count: number, item: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => item(index)).join(', ')}]`;
const map = (count: number): string => `{${Array.from({ length: count }, (_, index) => `"f${index}.md": text`).join(', ')}}`;
const name = (index: number): string => `n${index}`;
const container = (index: number): string => `{name: n${index}, image: b}`;
const volume = (index: number): string => `{name: n${index}, emptyDir: {}}`;
const mount = (index: number): string => `{name: n${index}, mountPath: /n${index}}`;
const port = (index: number): string => `{name: n${index}, port: ${index + 1}}`;
const ACTIONS = ['skills', 'config', 'workspaceFiles', 'envVars', 'skills'];

const LISTS: readonly { readonly what: string; readonly most: number; readonly spec: (count: number) => string }[] = [
  { what: 'skills', most: 20, spec: (count) => `{skills: ${list(count, name)}}` },
  { what: 'plugins', most: 20, spec: (count) => `{plugins: ${list(count, name)}}` },
  { what: 'Service ports', most: 20, spec: (count) => `{networking: {service: {ports: ${list(count, port)}}}}` },
  { what: 'workspace files', most: 50, spec: (count) => `{workspace: {initialFiles: ${map(count)}}}` },
  { what: 'workspace directories', most: 20, spec: (count) => `{workspace: {initialDirectories: ${list(count, name)}}}` },
  {
    what: 'additional workspaces',
    most: 10,
    spec: (count) => `{workspace: {additionalWorkspaces: ${list(count, (index) => `{name: n${index}}`)}}}`,
  },
  { what: 'init containers', most: 10, spec: (count) => `{initContainers: ${list(count, container)}}` },
  { what: 'extra volumes', most: 10, spec: (count) => `{extraVolumes: ${list(count, volume)}}` },
  { what: 'extra mounts', most: 10, spec: (count) => `{extraVolumeMounts: ${list(count, mount)}}` },
  {
    what: 'origins',
    most: 20,
    spec: (count) => `{gateway: {controlUiOrigins: ${list(count, (index) => `"https://n${index}.example.com"`)}}}`,
  },
  { what: 'force paths', most: 20, spec: (count) => `{config: {mergeMode: merge, forcePaths: ${list(count, name)}}}` },
  {
    what: 'allowed actions',
    most: 4,
    spec: (count) => `{selfConfigure: {allowedActions: ${list(count, (index) => ACTIONS[index] as string)}}}`,
  },
];

for (const { what, most, spec } of LISTS) {
  test(`ARD-166 ${most} ${what} and not one more`, () => {
    assert.deepEqual(schemaFindings(bot(spec(most))), []);
    assert.equal(schemaFindings(bot(spec(most + 1))).length, 1);
  });
}

const RANGES: readonly {
  readonly field: string;
  readonly least: number;
  readonly most?: number;
  readonly spec: (value: number) => string;
}[] = [
  { field: 'Service port', least: 1, most: 65535, spec: (value) => `{networking: {service: {ports: [{name: a, port: ${value}}]}}}` },
  {
    field: 'target port',
    least: 1,
    most: 65535,
    spec: (value) => `{networking: {service: {ports: [{name: a, port: 1, targetPort: ${value}}]}}}`,
  },
  {
    field: 'backend port',
    least: 1,
    most: 65535,
    spec: (value) => `{networking: {ingress: {hosts: [{host: a, paths: [{port: ${value}}]}]}}}`,
  },
  { field: 'route port', least: 1, most: 65535, spec: (value) => `{networking: {httpRoute: {port: ${value}}}}` },
  { field: 'metrics port', least: 1, most: 65535, spec: (value) => `{observability: {metrics: {port: ${value}}}}` },
  { field: 'CPU utilisation', least: 1, most: 100, spec: (value) => `{availability: {autoScaling: {targetCPUUtilization: ${value}}}}` },
  {
    field: 'memory utilisation',
    least: 1,
    most: 100,
    spec: (value) => `{availability: {autoScaling: {targetMemoryUtilization: ${value}}}}`,
  },
  { field: 'retention', least: 1, most: 365, spec: (value) => `{backup: {retentionDays: ${value}}}` },
  { field: 'history', least: 0, spec: (value) => `{backup: {historyLimit: ${value}, failedHistoryLimit: 0}}` },
  { field: 'history of failures', least: 0, spec: (value) => `{backup: {failedHistoryLimit: ${value}}}` },
];

for (const { field, least, most, spec } of RANGES) {
  test(`ARD-167 ${field} from ${least}${most === undefined ? '' : ` to ${most}`}`, () => {
    assert.deepEqual(schemaFindings(bot(spec(least))), []);
    assert.equal(schemaFindings(bot(spec(least - 1))).length, 1);
    if (most === undefined) return;
    assert.deepEqual(schemaFindings(bot(spec(most))), []);
    assert.equal(schemaFindings(bot(spec(most + 1))).length, 1);
  });
}

test('ARD-165 POD-332 an unknown pull policy', () => {
  assert.equal(schemaFindings(bot('{image: {pullPolicy: Sometimes}}')).length, 1);
});

test('POD-327 ARD-158 a container has a name', () => {
  assert.equal(schemaFindings(bot('{initContainers: [{name: "", image: b}]}')).length, 1);
});

test('POD-322 ARD-163 the name of a workspace is lower case with single hyphens', () => {
  for (const bad of ['""', 'Team', 'a--b', '-a', 'a_b']) {
    assert.equal(schemaFindings(bot(`{workspace: {additionalWorkspaces: [{name: ${bad}}]}}`)).length > 0, true, bad);
  }
});

test('POD-325 ARD-163 a skill is in a list once', () => {
  assert.equal(schemaFindings(bot('{skills: [a, a]}')).length, 1);
  assert.equal(schemaFindings(bot('{workspace: {additionalWorkspaces: [{name: a, skills: [b, b]}]}}')).length, 1);
});
