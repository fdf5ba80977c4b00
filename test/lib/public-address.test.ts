import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress, publicAddress } from '../../src/lib/public-address.ts';

for (const [address, shown] of [
  ['https://git.example.com/fleet.git', 'https://git.example.com/fleet.git'],
  ['https://token@git.example.com/fleet', 'https://git.example.com/fleet'],
  ['https://a:b@git.example.com/fleet?t=1#x', 'https://git.example.com/fleet'],
  ['ssh://git@git.example.com:2222/fleet', 'ssh://git@git.example.com:2222/fleet'],
  ['ssh://git:b@git.example.com/fleet', 'ssh://git@git.example.com/fleet'],
  ['git@git.example.com:team/fleet.git', 'git@git.example.com:team/fleet.git'],
  ['user:secret@host', null],
  ['/srv/git/fleet', null],
  ['C:\\fleet', null],
  ['file:///srv/fleet', null],
  ['https://git.example.com/\n', null],
] as const) {
  test(`${JSON.stringify(address)} is shown as ${shown}`, () => {
    assert.equal(publicAddress(address), shown);
    assert.equal(isPublicAddress(address), shown === address);
  });
}
