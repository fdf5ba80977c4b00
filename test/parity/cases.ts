/** What is expected of each operator input: it renders, unless it is listed here. */

/**
 * Features of later issues, with the field by which an input asks for them;
 * null where no input can (what is done beside the renderer or proven on a cluster).
 */
export const OPEN_FEATURES: { readonly [feature: string]: string | null } = {
  'self-configure-runtime': null,
  backup: 'spec.backup',
  restore: 'spec.restoreFrom',
  'auto-update': 'spec.autoUpdate',
  companion: null,
  diff: null,
  cluster: null,
};

/** Inputs that ask for features of later issues: refused with `not-yet-supported`, one diagnostic a feature. */
export const OPEN_CASES: { readonly [name: string]: readonly string[] } = {};

export interface RefusedCase {
  /** The rule that refuses it. */
  readonly rule: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

/** Inputs that we refuse on purpose, whether the operator accepts them or stops halfway. */
export const REFUSED_CASES: { readonly [name: string]: RefusedCase } = {
  'own-chromium-custom-repo': {
    rule: 'ollama-model-name',
    ids: ['POD-154'],
    reason: 'The operator hands any text to a shell as the name of a model; we refuse what Ollama refuses, before the pod does.',
  },
  'own-ollama-legacy': {
    rule: 'ollama-model-name',
    ids: ['POD-154'],
    reason: 'The operator hands any text to a shell as the name of a model; we refuse what Ollama refuses, before the pod does.',
  },
  'own-hpa-suspended': {
    rule: 'autoscaling-suspended',
    ids: ['POD-008', 'POD-331', 'ARD-096'],
    reason: 'The operator meant to refuse it and never registered its webhook; an autoscaler would end the suspension.',
  },
  'own-skill-packs-unresolved': {
    rule: 'pack-not-locked',
    ids: ['ARD-315', 'ARD-322', 'W-37'],
    reason:
      'The operator leaves a pack out that it cannot fetch, and removes what it had placed; we refuse a pack that is not in the lock.',
  },
  'own-config-map-ref-missing': {
    rule: 'config-map-not-found',
    ids: ['POD-246', 'ARD-330'],
    reason: 'The operator makes the first objects and then stops for ever; we name the missing ConfigMap and make none.',
  },
  'own-config-user-token': {
    rule: 'config-credential',
    ids: ['POD-227'],
    reason: 'The operator keeps a token that stands in the file; a literal credential would be in Git and in a ConfigMap, so we refuse it.',
  },
  'own-http-route-port': {
    rule: 'backend-port',
    ids: ['W-22'],
    reason: 'The route leads to the canvas port, on which OpenClaw listens no more; we name the port instead of making a dead route.',
  },
  'own-config-rich-raw': {
    rule: 'parse/number',
    ids: ['POD-243'],
    reason: 'The operator writes a number beyond 2^53 with other digits; we refuse what cannot be kept, since such numbers are ids.',
  },
};

export interface AmendedCase extends RefusedCase {
  /** What is taken out of the input before it is compared. */
  readonly without: string;
}

const CANVAS_PATH: AmendedCase = {
  rule: 'backend-port',
  without: ', {path: /canvas, pathType: Exact, port: 18793}',
  ids: ['W-22'],
  reason: 'The path leads to the canvas port, on which OpenClaw listens no more; we name the port instead of making a dead path.',
};

/** Inputs that we refuse on purpose for one small part, and compare without it. */
export const AMENDED_CASES: { readonly [name: string]: AmendedCase } = {
  'own-ingress-existing-auth-secret': CANVAS_PATH,
  'own-ingress-nginx-basic-auth': CANVAS_PATH,
  'own-ingress-traefik-basic-auth': CANVAS_PATH,
};
