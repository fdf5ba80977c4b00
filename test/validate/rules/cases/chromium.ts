import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const args = (list: string, rest = ''): string => bot(`{chromium: {enabled: true, extraArgs: ${list}${rest}}}`);
const OTHER_IMAGE = ', image: {repository: r.example.com/chrome}';
const PROFILE = 'persistence: {enabled: true, existingClaim: logins}';

export const CHROMIUM_CASES: RuleCases = {
  'chromium-debugging-port': [
    {
      title: 'ARD-016 what opens the browser, moves it or takes it away',
      input: args(
        '["--remote-debugging-address=0.0.0.0", "-remote-debugging-address=::", "--remote-debugging-port=9333", "--remote-debugging-port", --remote-debugging-pipe, "--"]',
      ),
      expected: [
        '"--remote-debugging-address=0.0.0.0" opens the browser to others, and its protocol knows no password; expected the loopback address',
        '"-remote-debugging-address=::" opens the browser to others, and its protocol knows no password; expected the loopback address',
        '"--remote-debugging-port=9333" moves the port where the agent looks for the browser; expected 9222',
        '"--remote-debugging-port" moves the port where the agent looks for the browser; expected 9222',
        '"--remote-debugging-pipe" takes the browser from its port; expected it to listen there',
        '"--" ends the switches, and ours come last; expected a switch',
      ].map((message, index) => `error spec.chromium.extraArgs[${index}]: ${message}`),
    },
    {
      title: 'the same as ours',
      input: args('["--remote-debugging-address=127.0.0.1", "--remote-debugging-port=9222", "--lang=es", about:blank]'),
      expected: [],
    },
    {
      title: 'another image may need a port of its own, and opens it to nobody either',
      input: args('["--remote-debugging-port=9223", "--remote-debugging-address=10.0.0.1"]', OTHER_IMAGE),
      expected: [
        'error spec.chromium.extraArgs[1]: "--remote-debugging-address=10.0.0.1" opens the browser to others, and its protocol knows no password; expected the loopback address',
      ],
    },
    { title: 'off', input: bot('{chromium: {extraArgs: ["--remote-debugging-port=1"]}}'), expected: [] },
  ],
  'chromium-remote-origins': [
    {
      title: 'pages that may steer the browser',
      input: args('["--remote-allow-origins=*"]'),
      expected: [
        'warning spec.chromium.extraArgs[0]: "--remote-allow-origins=*" lets web pages steer the browser, with all that it is logged in to; expected no such argument',
      ],
    },
    { title: 'another switch', input: args('["--remote-allow-origins-of=*"]'), expected: [] },
  ],
  'chromium-profile-argument': [
    {
      title: 'a directory beside the volume',
      input: args('["--lang=es", "--user-data-dir=/tmp/p"]', `, ${PROFILE}`),
      expected: [
        'warning spec.chromium.extraArgs[1]: "--user-data-dir=/tmp/p" has no effect, since the profile is on its volume; expected one of the two',
      ],
    },
    { title: 'without a volume', input: args('["--user-data-dir=/tmp/p"]'), expected: [] },
  ],
  'chromium-image-replaced': [
    {
      title: 'POD-074 with a digest',
      input: bot(
        `{chromium: {enabled: true, image: {repository: ghcr.io/browserless/chromium, tag: v2, digest: "sha256:${'a'.repeat(64)}"}}}`,
      ),
      expected: [
        'warning spec.chromium.image.repository: "ghcr.io/browserless/chromium" is replaced by "docker.io/chromedp/headless-shell:stable", in which its digest names nothing; expected an image that is still made',
      ],
    },
    {
      title: 'alone',
      input: bot('{chromium: {enabled: true, image: {repository: ghcr.io/browserless/chromium}}}'),
      expected: [
        'warning spec.chromium.image.repository: "ghcr.io/browserless/chromium" is replaced by "docker.io/chromedp/headless-shell:stable"; expected an image that is still made',
      ],
    },
    { title: 'off', input: bot('{chromium: {image: {repository: ghcr.io/browserless/chromium}}}'), expected: [] },
    {
      title: 'a copy of it elsewhere',
      input: bot('{chromium: {enabled: true, image: {repository: r.example.com/browserless/chromium}}}'),
      expected: [],
    },
  ],
  'chromium-home': [
    {
      title: 'elsewhere',
      input: bot('{chromium: {enabled: true, extraEnv: [{name: TZ, value: UTC}, {name: HOME, value: /home/chrome}]}}'),
      expected: [
        'warning spec.chromium.extraEnv[1].name: "HOME" is set; expected it to be left at "/tmp", since hardly another directory can be written to',
      ],
    },
    {
      title: 'away from its certificates',
      input: bot('{security: {caBundle: {configMapName: ca}}, chromium: {enabled: true, extraEnv: [{name: HOME, value: /dev/shm}]}}'),
      expected: [
        'warning spec.chromium.extraEnv[0].name: "HOME" is set; expected it to be left at "/tmp", since the certificates of "security.caBundle" are below it',
      ],
    },
    { title: 'where it is', input: bot('{chromium: {enabled: true, extraEnv: [{name: HOME, value: /tmp}]}}'), expected: [] },
  ],
};
