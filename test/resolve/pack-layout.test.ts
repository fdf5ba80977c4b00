import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packLayout } from '../../src/resolve/pack-layout.ts';

function problems(manifest: string, names: readonly string[] = ['a']): readonly string[] {
  const reading = packLayout('packs/x', names, manifest);
  return reading.ok ? [] : reading.problems.map((problem) => problem.split(';')[0]!);
}

describe('a pack without a manifest', () => {
  test('POD-287 goes to the directory of its name, hidden files too', () => {
    assert.deepEqual(packLayout('deep/er/writer', ['b/c.md', 'SKILL.md', '.hidden'], null), {
      ok: true,
      layout: {
        files: [
          { path: 'skills/writer/.hidden', source: '.hidden' },
          { path: 'skills/writer/SKILL.md', source: 'SKILL.md' },
          { path: 'skills/writer/b/c.md', source: 'b/c.md' },
        ],
        directories: [],
        entries: {},
      },
    });
  });

  test('POD-288 needs SKILL.md, in its own directory', () => {
    for (const names of [[], ['b/SKILL.md'], ['skill.md']]) assert.equal(packLayout('x', names, null).ok, false);
  });

  test('ARD-323 has names that file systems take', () => {
    for (const name of ['a\nb', 'a\\b', 'a\u007f', '\ufffd', 'x'.repeat(256), `${'x/'.repeat(600)}y`])
      assert.equal(packLayout('x', ['SKILL.md', name], null).ok, false, JSON.stringify(name.slice(0, 20)));
  });
});

describe('a manifest', () => {
  test('POD-286 may leave everything out, and null is nothing', () => {
    const nothing = { ok: true, layout: { files: [], directories: [], entries: {} } };
    assert.deepEqual(packLayout('x', ['skillpack.json'], '{}'), nothing);
    assert.deepEqual(packLayout('x', ['skillpack.json'], '{"files": null, "directories": null, "config": null, "name": "x"}'), nothing);
  });

  test('POD-286 may use one file several times, spell its sources with ./ and its directories with / at the end', () => {
    const reading = packLayout('x', ['a'], '{"files": {"y.md": "./a", "x/z.md": "a"}, "directories": ["out/", "out", "./in"]}');
    assert.deepEqual(reading, {
      ok: true,
      layout: {
        files: [
          { path: 'x/z.md', source: 'a' },
          { path: 'y.md', source: 'a' },
        ],
        directories: ['in', 'out'],
        entries: {},
      },
    });
  });

  const WRONG: Readonly<Record<string, readonly string[]>> = {
    'not JSON': ['"skillpack.json" is not a JSON object'],
    '[]': ['"skillpack.json" is not a JSON object'],
    '{"files": [], "directories": {}, "config": 1}': [
      '"files" of "skillpack.json" is no object',
      '"directories" of "skillpack.json" is no list',
      '"config" of "skillpack.json" is no object',
    ],
    '{"files": {"": "a", "/etc/x": "a", "../x": "a", "a/../b": "a", "x//y": "a", ".env": "a", "x/": "a", "openclaw.json": "a", "x\\\\y": "a"}}':
      [
        'file "" is empty',
        'file "/etc/x" is absolute',
        'file "../x" has ".."',
        'file "a/../b" has ".."',
        'file "x//y" has an empty part',
        'file ".env" has a hidden part',
        'file "x/" ends with "/"',
        'file "openclaw.json" is the name of the configuration',
        'file "x\\\\y" has a backslash',
      ],
    '{"files": {"x": "../../etc/passwd", "y": 1, "z": "b"}}': [
      'file "x" comes from "../../etc/passwd"',
      'the source of file "y" is no text',
      'file "z" comes from "b"',
    ],
    '{"directories": ["../x", "/y", 1, ""]}': [
      'directory "../x" has ".."',
      'directory "/y" is absolute',
      'directory 1 is no text',
      'directory "" is empty',
    ],
    '{"config": {"x": true, "y": []}}': ['the configuration of skill "x" is no object', 'the configuration of skill "y" is no object'],
    '{"files": {"x": "a", "x/y": "a"}, "directories": ["x", "x/z"]}': [
      '"x/y" lies in "x", which is a file',
      '"x/z" lies in "x", which is a file',
      '"x" is a file and a directory',
    ],
  };
  for (const [manifest, expected] of Object.entries(WRONG)) {
    test(`ARD-313 ARD-323 is refused: ${manifest}`, () => {
      assert.deepEqual(problems(manifest), expected);
    });
  }

  test('keeps a key that is called __proto__', () => {
    const reading = packLayout('x', ['a'], '{"config": {"__proto__": {"enabled": true}}}');
    assert.ok(reading.ok);
    assert.deepEqual(Object.keys(reading.layout.entries), ['__proto__']);
  });
});
