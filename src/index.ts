/**
 * The renderer as a library: files in, diagnostics and Kubernetes objects out. Needs no Node API, no network and no clock.
 *
 *     import { render } from 'openclaw-gitops';
 *     const { refused, diagnostics, objects } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]);
 */
export { render, type RenderOptions, type RenderResult } from './render.ts';
export type { Diagnostic, Location, Severity } from './diagnostics/diagnostic.ts';
export type { SourceFile } from './parse/source.ts';
export type { Json, JsonObject } from './lib/json.ts';
export { toYaml } from './output/yaml.ts';
export { toJsonLine } from './output/json-lines.ts';
