import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const ANNOTATION = 'gitops.openclaw.rocks/openclaw-version';

function lock(images: Readonly<Record<string, string>>): string {
  return `apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawLock\nmetadata: {name: openclaw}\nimages: ${JSON.stringify(images)}\n`;
}

export const IMAGE_CASES: RuleCases = {
  'image-reference': [
    {
      title: 'ARD-165 a tag inside the repository',
      input: bot('{image: {repository: "ghcr.io/openclaw/openclaw:2026.9.6"}}'),
      expected: [
        'error spec.image.repository: "ghcr.io/openclaw/openclaw:2026.9.6" is not the name of an image; expected a form such as "ghcr.io/openclaw/openclaw"',
      ],
    },
    {
      title: 'each part of each image',
      input: bot(`{
        image: {repository: "https://ghcr.io/openclaw/openclaw", tag: ":2026.9.6", digest: "sha256:abc"},
        chromium: {image: {repository: Team/App}}, ollama: {image: {tag: "a b"}}, tailscale: {image: {digest: latest}}, webTerminal: {image: {digest: "${DIGEST.toUpperCase()}"}}}`),
      expected: [
        'error spec.image.repository: "https://ghcr.io/openclaw/openclaw" is not the name of an image; expected a form such as "ghcr.io/openclaw/openclaw"',
        'error spec.image.tag: ":2026.9.6" is not an image tag; expected at most 128 letters, digits, "_", "." and "-"',
        'error spec.image.digest: "sha256:abc" is not an image digest; expected "sha256:" and 64 lower-case hexadecimal digits',
        'error spec.chromium.image.repository: "Team/App" is not the name of an image; expected a form such as "ghcr.io/openclaw/openclaw"',
        'error spec.ollama.image.tag: "a b" is not an image tag; expected at most 128 letters, digits, "_", "." and "-"',
        'error spec.tailscale.image.digest: "latest" is not an image digest; expected "sha256:" and 64 lower-case hexadecimal digits',
        'error spec.webTerminal.image.digest: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA…" is not an image digest; expected "sha256:" and 64 lower-case hexadecimal digits',
      ],
    },
    {
      title: 'images of the user, an empty one too',
      input: bot('{sidecars: [{name: a, image: ""}, {name: b, image: "busybox:"}], initContainers: [{name: c, image: "b@sha256:1"}]}'),
      expected: [
        'error spec.sidecars[0].image: "" is not an image; expected a form such as "ghcr.io/team/app:1.2"',
        'error spec.sidecars[1].image: "busybox:" is not an image; expected a form such as "ghcr.io/team/app:1.2"',
        'error spec.initContainers[0].image: "b@sha256:1" is not an image; expected a form such as "ghcr.io/team/app:1.2"',
      ],
    },
    {
      title: 'what registries accept',
      input: bot(`{
        image: {repository: "localhost:5000/team/open-claw__x", tag: v2026.9.6_1, digest: "${DIGEST}"},
        sidecars: [{name: a, image: busybox}, {name: b, image: "[::1]:5000/x:y@${DIGEST}"}, {name: c, image: gcr.io/google-samples/x:1.0}]}`),
      expected: [],
    },
  ],
  'image-tag-missing': [
    {
      title: 'POD-333 ARD-165 an empty tag without a digest is refused',
      input: bot('{image: {tag: ""}}'),
      expected: ['error spec.image.tag: "" is no tag, and there is no digest; expected one of the two'],
    },
    { title: 'POD-333 a digest alone is enough', input: bot(`{image: {tag: "", digest: "${DIGEST}"}}`), expected: [] },
    { title: 'a tag that is left out has a default', input: bot('{image: {repository: ghcr.io/openclaw/openclaw}}'), expected: [] },
  ],
  'image-latest': [
    {
      title: 'POD-335 ARD-148 the tag latest',
      input: bot('{image: {tag: latest}}'),
      expected: ['warning spec.image.tag: "latest" is another image tomorrow; expected a version'],
    },
    {
      title: 'ARD-148 no tag at all is the same',
      input: bot('{}'),
      expected: ['warning spec.image.tag: "spec.image.tag" is not set, which means "latest"; expected a version'],
    },
    {
      title: 'pinned by the lock, it still does not tell a version',
      input: documents(bot('{image: {tag: latest}}'), lock({ 'ghcr.io/openclaw/openclaw:latest': DIGEST })),
      expected: ['warning spec.image.tag: "latest" does not tell the OpenClaw version; expected a version'],
    },
    { title: 'ARD-148 with a digest it is pinned', input: bot(`{image: {tag: latest, digest: "${DIGEST}"}}`), expected: [] },
    { title: 'a version', input: bot('{image: {tag: "2026.9.6"}}'), expected: [] },
    { title: 'an empty tag is another rule', input: bot('{image: {tag: ""}}'), expected: [] },
  ],
  'image-digest-missing': [
    {
      title: 'POD-335 ARD-144 the browser without a digest',
      input: bot('{chromium: {enabled: true}}'),
      expected: [
        'warning spec.chromium.image.digest: "docker.io/chromedp/headless-shell:stable" is whatever its registry has on the day of the pull; expected its digest',
      ],
    },
    {
      title: 'ARD-144 all of an instance at once',
      input: bot('{ollama: {enabled: true}, tailscale: {enabled: true}, webTerminal: {enabled: true, image: {tag: "1"}}}'),
      expected: [
        'warning spec.ollama.image.digest: "docker.io/ollama/ollama:latest", "ghcr.io/tailscale/tailscale:latest" and "docker.io/tsl0922/ttyd:1" are whatever their registries have on the day of the pull; expected their digests',
      ],
    },
    {
      title: 'the digest of an image that is replaced pins nothing',
      input: bot(`{chromium: {enabled: true, image: {repository: ghcr.io/browserless/chromium, digest: "${DIGEST}"}}}`),
      expected: [
        'warning spec.chromium.image.digest: "docker.io/chromedp/headless-shell:stable" is whatever its registry has on the day of the pull; expected its digest',
      ],
    },
    {
      title: 'the lock is the place of digests',
      input: documents(bot('{chromium: {enabled: true}}'), lock({ 'busybox:1': DIGEST })),
      expected: [],
    },
    { title: 'also of those that it lacks', input: documents(bot('{chromium: {enabled: true}}'), lock({})), expected: [] },
    {
      title: 'pinned, or off',
      input: bot(`{chromium: {enabled: true, image: {digest: "${DIGEST}"}}, ollama: {enabled: false}, webTerminal: {}}`),
      expected: [],
    },
  ],
  'lock-conflict': [
    {
      title: 'a tag with a digest, and the lock with another',
      input: documents(
        bot(`{image: {tag: "2026.9.6", digest: "${OTHER}"}, registry: mirror.example.com}`),
        lock({ 'mirror.example.com/openclaw/openclaw:2026.9.6': DIGEST }),
      ),
      expected: [
        `warning spec.image.digest: the lock has ${DIGEST} for "ghcr.io/openclaw/openclaw:2026.9.6"; expected the same digest here`,
      ],
    },
    {
      title: 'built-in images of which the repository is given, and containers of the user',
      input: documents(
        bot(`{
          chromium: {image: {repository: ghcr.io/browserless/chromium, tag: "1", digest: "${OTHER}"}},
          sidecars: [{name: a, image: "busybox:1@${OTHER}"}, {name: b, image: "busybox:1"}]}`),
        lock({ 'ghcr.io/browserless/chromium:1': DIGEST, 'busybox:1': DIGEST }),
      ),
      expected: [
        `warning spec.chromium.image.digest: the lock has ${DIGEST} for "ghcr.io/browserless/chromium:1"; expected the same digest here`,
        `warning spec.sidecars[0].image: the lock has ${DIGEST} for "busybox:1"; expected the same digest here`,
      ],
    },
    {
      title: 'the same digest, a digest without a tag, a tag without a digest, and another tag',
      input: documents(
        bot(`{
          image: {tag: "2026.9.6", digest: "${DIGEST}"}, chromium: {image: {digest: "${OTHER}"}}, ollama: {image: {tag: "1"}},
          sidecars: [{name: a, image: "busybox@${OTHER}"}, {name: b, image: "busybox:2@${OTHER}"}]}`),
        lock({ 'ghcr.io/openclaw/openclaw:2026.9.6': DIGEST, 'busybox:1': DIGEST }),
      ),
      expected: [],
    },
    {
      title: 'a built-in image of the default repository',
      input: documents(
        bot(`{tailscale: {enabled: true, authKeySecretRef: {name: t}, image: {tag: v1.102.5, digest: "${OTHER}"}}}`),
        lock({ 'ghcr.io/tailscale/tailscale:v1.102.5': DIGEST }),
      ),
      expected: [
        `warning spec.tailscale.image.digest: the lock has ${DIGEST} for "ghcr.io/tailscale/tailscale:v1.102.5"; expected the same digest here`,
      ],
    },
    { title: 'no lock', input: bot(`{image: {tag: "2026.9.6", digest: "${OTHER}"}}`), expected: [] },
  ],
  'ollama-model-name': [
    {
      title: 'D12 what Ollama would refuse',
      input: bot(
        `{ollama: {models: ["", "llama 3", "-x", "a/b/c/d", "http://h/n/m", "x:", "owner.name/m", "m@sha256:1", "${'m'.repeat(81)}", "ok"]}}`,
      ),
      expected: [
        '""',
        '"llama 3"',
        '"-x"',
        '"a/b/c/d"',
        '"http://h/n/m"',
        '"x:"',
        '"owner.name/m"',
        '"m@sha256:1"',
        `"${'m'.repeat(39)}…"`,
      ].map(
        (name, index) =>
          `error spec.ollama.models[${index}]: ${name} is not the name of a model; expected a name, with host, namespace and tag where needed`,
      ),
    },
    {
      title: 'what Ollama takes',
      input: bot(
        '{ollama: {enabled: true, models: [llama3.2, "qwen3:8b", owner/model, "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M", "registry.example.com:5000/team/m:1.0", "https://h.example.com/n/m"]}}',
      ),
      expected: [],
    },
  ],
  'auto-update-digest': [
    {
      title: 'POD-335 ARD-153 an update of what is pinned',
      input: bot(`{autoUpdate: {enabled: true}, image: {digest: "${DIGEST}"}}`),
      expected: [
        'warning spec.autoUpdate.enabled: "autoUpdate" cannot update an image that "spec.image.digest" pins; expected one of the two',
      ],
    },
    { title: 'ARD-153 pinned without updates', input: bot(`{autoUpdate: {enabled: false}, image: {digest: "${DIGEST}"}}`), expected: [] },
    { title: 'updates of a tag', input: bot('{autoUpdate: {enabled: true}, image: {tag: "2026.9.6"}}'), expected: [] },
  ],
  'openclaw-version-unknown': [
    {
      title: 'a tag that is no version',
      input: bot('{image: {tag: stable}}'),
      expected: ['warning spec.image.tag: "stable" does not tell the OpenClaw version; expected a form such as "2026.9.6"'],
    },
    ...['2026.13.1', '2026.0.1', '2026.00.1', '2026.20.1'].map((tag) => ({
      title: `${tag} has a month that no calendar has`,
      input: bot(`{image: {tag: "${tag}"}}`),
      expected: [`warning spec.image.tag: "${tag}" does not tell the OpenClaw version; expected a form such as "2026.9.6"`],
    })),
    ...['2026.6.11', '2026.10.1', '2026.12.31', '2026.06.11'].map((tag) => ({
      title: `${tag} is a version`,
      input: bot(`{image: {tag: "${tag}"}}`),
      expected: [],
    })),
    {
      title: 'a digest without a tag',
      input: bot(`{image: {digest: "${DIGEST}"}}`),
      expected: ['warning spec.image.digest: a digest does not tell the OpenClaw version; expected a tag or an annotation that does'],
    },
    {
      title: 'an annotation tells it',
      input: bot(`{image: {digest: "${DIGEST}"}}`, `annotations: {${ANNOTATION}: "2026.9.6"}`),
      expected: [],
    },
    { title: 'an option tells it', input: bot('{image: {tag: stable}}'), options: { openclawVersion: '2026.9.6' }, expected: [] },
    { title: 'a tag beside the digest tells it', input: bot(`{image: {tag: "2026.9.6", digest: "${DIGEST}"}}`), expected: [] },
    {
      title: 'an annotation that is no version is an error',
      input: bot('{image: {tag: "2026.9.6"}}', `annotations: {${ANNOTATION}: newest}`),
      expected: [
        'error metadata.annotations["gitops.openclaw.rocks/openclaw-version"]: "newest" is not an OpenClaw version; expected a form such as "2026.9.6"',
      ],
    },
    { title: 'latest is left to its own rule', input: bot('{}'), expected: [] },
  ],
  'openclaw-version-old': [
    {
      title: 'a version with published holes',
      input: bot('{image: {tag: "2026.5.17"}}'),
      expected: [
        'warning spec.image.tag: OpenClaw "2026.5.17" has published security holes, and its configuration is not tested; expected 2026.5.18 or newer',
      ],
    },
    { title: 'the first without', input: bot('{image: {tag: "2026.5.18"}}'), expected: [] },
    { title: 'unknown versions count as new', input: bot('{image: {tag: stable}}'), expected: [] },
  ],
  'registry-syntax': [
    {
      title: 'a registry with a scheme',
      input: bot('{registry: "https://registry.example.com"}'),
      expected: [
        'error spec.registry: "https://registry.example.com" is not a registry; expected a host name and perhaps a port and a path',
      ],
    },
    { title: 'host, port and path', input: bot('{registry: "registry.example.com:5000/mirror/hub/"}'), expected: [] },
    { title: 'none', input: bot('{registry: ""}'), expected: [] },
  ],
};
