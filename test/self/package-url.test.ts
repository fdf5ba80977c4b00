/** Package URLs in their canonical form, as the reference implementation writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageUrl } from '../../scripts/image/package-url.ts';

const IMAGE = { tag: 'v1', repository_url: 'localhost:5000/team/agents', arch: 'arm64' };

const CASES: readonly (readonly [expected: string, ...Parameters<typeof packageUrl>])[] = [
  ['pkg:generic/node@24.21.0', 'generic', 'node', '24.21.0'],
  ['pkg:npm/%40noble/hashes@2.4.0', 'npm', '@noble/hashes', '2.4.0'],
  ['pkg:golang/go.yaml.in/yaml/v3@v3.0.3', 'golang', 'go.yaml.in/yaml/v3', 'v3.0.3'],
  ['pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64', 'deb', 'debian/libstdc++6', '12.2.0-14+deb12u1', { arch: 'amd64' }],
  ['pkg:deb/debian/login@1:4.13~rc1', 'deb', 'debian/login', '1:4.13~rc1', { upstream: '' }],
  ['pkg:oci/agents@sha256:ab?arch=arm64&repository_url=localhost:5000%2Fteam%2Fagents&tag=v1', 'oci', 'agents', 'sha256:ab', IMAGE],
  ['pkg:oci/agents?arch=arm64&repository_url=localhost:5000%2Fteam%2Fagents&tag=v1', 'oci', 'agents', '', IMAGE],
  ['pkg:generic/%28a%29@%2A%21%27', 'generic', '(a)', "*!'"],
];

for (const [expected, ...parts] of CASES) test(expected, () => assert.equal(packageUrl(...parts), expected));
